package dev.imagemirror.operator.app;

import dev.imagemirror.operator.reconcile.PortException;
import dev.imagemirror.operator.web.Metrics;
import dev.imagemirror.operator.web.Readiness;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run}: the continuous loop, the Kubernetes front-end, or both, until the process is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the operator: compares digests continuously and has copied what has drifted, until it is "
                + "stopped (Ctrl-C, SIGTERM). Passes under way may end then, for up to 10 s; claims are kept.")
final class RunCommand extends OperatorCommand {
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

    private final AtomicReference<Stop> stopping = new AtomicReference<>();
    private final AtomicReference<String> fault = new AtomicReference<>();
    private final AtomicReference<FrontEnd> frontEnd = new AtomicReference<>();

    RunCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws InterruptedException {
        Stop stop = new Stop(Thread.currentThread(), STOP);
        stopping.set(stop);
        try (Metrics metrics = new Metrics();
                Wiring wiring = wiring(metrics);
                Management loop = loop(wiring, metrics);
                FrontEnd policies = frontEnd(wiring)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stop::request, "stop"));
            frontEnd.set(policies);
            start(loop, policies);
            stop.started();
            context().err().println("mirror-operator: running; Ctrl-C stops it");
            stop.await();
        } catch (PortException e) {
            if (!stop.isRequested()) {
                throw e;
            }
        } finally {
            stop.ended();
        }
        return fault.get() == null ? Exit.OK : fail();
    }

    private Wiring wiring(Metrics metrics) {
        return Wiring.open(config().config(), context(), parts.kubernetesOnly, Probes.of(metrics));
    }

    private Management loop(Wiring wiring, Metrics metrics) {
        Readiness.Check policies = new Readiness.Check("policies", this::policiesFault);
        return parts.kubernetesOnly ? null : Management.open(wiring, context(), metrics, policies);
    }

    private String policiesFault() {
        boolean isExpected = parts.kubernetes;
        FrontEnd started = frontEnd.get();
        return isExpected && (started == null || !started.isReady()) ? "the policies are not known yet" : null;
    }

    private void start(Management loop, FrontEnd policies) {
        if (loop != null) {
            if (loop.url() != null) {
                context().err().println("mirror-operator: dashboard at " + loop.url());
            }
            loop.start();
        }
        if (policies != null) {
            policies.start();
        }
    }

    private FrontEnd frontEnd(Wiring wiring) {
        return parts.kubernetes || parts.kubernetesOnly ? new FrontEnd(wiring, context(), this::end) : null;
    }

    /** What cannot go on stops in order, and is started anew by whoever watches over the process. */
    private void end(String why) {
        fault.compareAndSet(null, why);
        stopping.get().ask();
    }

    private int fail() {
        context().err().println("mirror-operator: stopped: " + fault.get());
        return Exit.UNAVAILABLE;
    }
}
