package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.doctor.TableForm;
import dev.imagemirror.operator.port.Lease;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.program.LogProperties;
import dev.imagemirror.operator.runtime.CatalogFeed;
import dev.imagemirror.operator.runtime.FrontEnd;
import dev.imagemirror.operator.runtime.LeaseRunner;
import dev.imagemirror.operator.runtime.Management;
import dev.imagemirror.operator.runtime.Service;
import dev.imagemirror.operator.runtime.ShutdownSignal;
import dev.imagemirror.operator.web.Metrics;
import dev.imagemirror.operator.web.Readiness.Check;
import dev.imagemirror.operator.wiring.Probes;
import dev.imagemirror.operator.wiring.Wiring;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run}: the continuous loop, the Kubernetes front-end, or both, until the process is stopped. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Compares digests continuously and submits jobs to copy drifted images.",
            "Stop it with Ctrl-C or SIGTERM: reconciles in progress get up to 10 s to finish, and claims are kept."
                    + " With lease.enabled, one of several processes is active and the others stand by.",
            "MIRROR_OPERATOR_LOG_FORMAT=json switches the log to JSON; MIRROR_OPERATOR_LOG_LEVEL sets its level"
                    + " (default: INFO)."
        })
final class RunCommand extends OperatorCommand {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    /** Less than the 10 s after which Docker and others kill a stopping process. */
    private static final Duration STOP = Duration.ofMillis(9500);

    /** At most one of the two. */
    static final class Parts {
        @Option(
                names = "--kubernetes",
                description = "Also sync the MirrorPolicy resources of a cluster (in a pod: its own; otherwise the "
                        + "kubeconfig's). Requires kubernetes.cluster.")
        boolean kubernetes;

        @Option(
                names = "--kubernetes-only",
                description =
                        "Only sync the MirrorPolicy resources of a cluster and leave reconciling to another process: "
                                + "needs neither registries nor a job queue.")
        boolean kubernetesOnly;
    }

    @ArgGroup
    Parts parts = new Parts();

    private final AtomicReference<ShutdownSignal> stopping = new AtomicReference<>();
    private final AtomicReference<String> fault = new AtomicReference<>();
    private final AtomicReference<FrontEnd> frontEnd = new AtomicReference<>();
    private volatile boolean standsBy;

    RunCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws InterruptedException {
        ShutdownSignal stop = new ShutdownSignal(Thread.currentThread(), STOP);
        stopping.set(stop);
        try (Metrics metrics = new Metrics();
                Wiring wiring = wiring(metrics);
                Lease lease = parts.kubernetesOnly ? Lease.ALONE : wiring.lease();
                CatalogFeed feed = new CatalogFeed(wiring);
                Management management =
                        Management.open(wiring, feed, context(), metrics, new Check("policies", this::policiesFault))) {
            Runtime.getRuntime().addShutdownHook(new Thread(stop::request, "stop"));
            begin(feed, management);
            new LeaseRunner(lease, () -> turn(wiring, feed, management), stop, new LeaseMessages(feed)).run();
        } catch (PortException | InterruptedException e) {
            if (!stop.isRequested()) {
                throw e;
            }
        } finally {
            stop.ended();
        }
        return fault.get() == null ? Exit.OK : fail();
    }

    private LeaseRunner.Work turn(Wiring wiring, CatalogFeed feed, Management management) {
        return new RunTurn(
                parts.kubernetesOnly ? null : new Service(wiring, context(), management.watch()),
                hasPolicies() ? new FrontEnd(wiring, feed, context(), this::end) : null,
                feed,
                management,
                frontEnd);
    }

    private Wiring wiring(Metrics metrics) {
        OperatorConfig config = config().config();
        return Wiring.open(config, context(), parts.kubernetesOnly, Probes.of(metrics))
                .require(TableForm.ofService(config, hasPolicies(), !parts.kubernetesOnly));
    }

    private void begin(CatalogFeed feed, Management management) {
        management.url().ifPresent(url -> note("dashboard at " + url));
        if (management.url().isPresent() || hasPolicies()) {
            feed.start();
        }
    }

    private boolean hasPolicies() {
        return parts.kubernetes || parts.kubernetesOnly;
    }

    private @Nullable String policiesFault() {
        FrontEnd started = frontEnd.get();
        boolean isReady = started == null ? standsBy : started.isReady();
        return hasPolicies() && !isReady ? "policies not listed yet" : null;
    }

    /** Reports lease changes. */
    private final class LeaseMessages implements LeaseRunner.Listener {
        private final CatalogFeed feed;

        LeaseMessages(CatalogFeed feed) {
            this.feed = feed;
        }

        @Override
        public void works() {
            standsBy = false;
            note("running; press Ctrl-C to stop");
        }

        @Override
        public void standsBy() {
            standsBy = true;
            feed.followMirrors();
            note("standing by: another process holds the lease; press Ctrl-C to stop");
        }

        @Override
        public void lost() {
            if (hasPolicies()) { // the operator framework can only start once per process
                end("lost the lease");
            } else {
                note("lost the lease; standing by");
            }
        }
    }

    /** Shuts down in order after a fatal error; the process supervisor restarts it. */
    private void end(String why) {
        fault.compareAndSet(null, why);
        Objects.requireNonNull(stopping.get(), "set before anything runs").ask();
    }

    private int fail() {
        note("stopped: " + fault.get());
        return Exit.UNAVAILABLE;
    }

    /** Tells the user, or the log if that is JSON. */
    private void note(String words) {
        if (LogProperties.isJson()) {
            LOG.info("{}", words);
        } else {
            context().err().println("mirror-operator: " + words);
        }
    }
}
