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

/** {@code run}: the continuous loop, the Kubernetes front-end, or both, until the process is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Compares digests continuously and has copied what has drifted, until it is stopped.",
            "Ctrl-C and SIGTERM stop it. Passes under way may end then, for up to 10 s; claims are kept. With "
                    + "lease.enabled, one of several processes does this, and the others stand by.",
            "MIRROR_OPERATOR_LOG_FORMAT=json makes the log JSON; MIRROR_OPERATOR_LOG_LEVEL (INFO) is its level."
        })
final class RunCommand extends OperatorCommand {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    /** Less than the 10 s after which Docker and others kill a process that was told to stop. */
    private static final Duration STOP = Duration.ofMillis(9500);

    /** At most one of them. */
    static final class Parts {
        @Option(
                names = "--kubernetes",
                description = "Follow the MirrorPolicy resources of a cluster as well (in a pod: its own; else the "
                        + "kubeconfig's). Needs kubernetes.cluster.")
        boolean kubernetes;

        @Option(
                names = "--kubernetes-only",
                description = "Follow the MirrorPolicy resources of a cluster, and leave the loop to another process: "
                        + "neither registries nor a job queue are needed here.")
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
            new LeaseRunner(lease, () -> turn(wiring, feed, management), stop, new Told(feed)).run();
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
        return hasPolicies() && !isReady ? "the policies are not known yet" : null;
    }

    /** Says whose turn it is. */
    private final class Told implements LeaseRunner.Listener {
        private final CatalogFeed feed;

        Told(CatalogFeed feed) {
            this.feed = feed;
        }

        @Override
        public void works() {
            standsBy = false;
            note("running; Ctrl-C stops it");
        }

        @Override
        public void standsBy() {
            standsBy = true;
            feed.followMirrors();
            note("standing by: another process has the lease; Ctrl-C stops it");
        }

        @Override
        public void lost() {
            if (hasPolicies()) { // the framework that follows them starts once a process
                end("the lease is lost");
            } else {
                note("the lease is lost; this process stands by");
            }
        }
    }

    /** What cannot go on stops in order, and is started anew by whoever watches over the process. */
    private void end(String why) {
        fault.compareAndSet(null, why);
        Objects.requireNonNull(stopping.get(), "set before anything runs").ask();
    }

    private int fail() {
        note("stopped: " + fault.get());
        return Exit.UNAVAILABLE;
    }

    /** To whoever started it; where the log is for programs, such lines are too. */
    private void note(String words) {
        if (LogProperties.isJson()) {
            LOG.info("{}", words);
        } else {
            context().err().println("mirror-operator: " + words);
        }
    }
}
