package dev.imagemirror.operator.app;

import dev.imagemirror.operator.reconcile.Lease;
import dev.imagemirror.operator.web.Metrics;
import dev.imagemirror.operator.web.Readiness;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run}: the continuous loop, the Kubernetes front-end, or both, until the process is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the operator: compares digests continuously and has copied what has drifted, until it is "
                + "stopped (Ctrl-C, SIGTERM). Passes under way may end then, for up to 10 s; claims are kept. With lease.enabled, one "
                + "of several processes does this, and the others stand by.")
final class RunCommand extends OperatorCommand {
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

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<String> fault = new AtomicReference<>();
    private final AtomicReference<FrontEnd> frontEnd = new AtomicReference<>();

    RunCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(stopped, ended), "stop");
        try (Metrics metrics = new Metrics();
                Wiring wiring = wiring(metrics);
                Lease lease = wiring.lease()) {
            Runtime.getRuntime().addShutdownHook(hook);
            new Turns(lease, () -> new Turn(wiring, metrics), stopped, this::note).run();
        } finally {
            ended.countDown();
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

    /** The loop with its management port, and the front-end, for as long as it is this process's turn. */
    private final class Turn implements Turns.Work {
        private final Management loop;
        private final FrontEnd policies;

        Turn(Wiring wiring, Metrics metrics) {
            policies = frontEnd(wiring);
            frontEnd.set(policies);
            loop = loop(wiring, metrics);
        }

        @Override
        public void start() {
            if (loop != null) {
                if (loop.url() != null) {
                    note("dashboard at " + loop.url());
                }
                loop.start();
            }
            if (policies != null) {
                policies.start();
            }
        }

        @Override
        public void close() {
            if (policies != null) {
                policies.close();
            }
            if (loop != null) {
                loop.close();
            }
        }
    }

    private FrontEnd frontEnd(Wiring wiring) {
        return parts.kubernetes || parts.kubernetesOnly ? new FrontEnd(wiring, context(), this::end) : null;
    }

    /** What cannot go on stops in order, and is started anew by whoever watches over the process. */
    private void end(String why) {
        fault.compareAndSet(null, why);
        stopped.countDown();
    }

    private int fail() {
        context().err().println("mirror-operator: stopped: " + fault.get());
        return Exit.UNAVAILABLE;
    }

    private void note(String words) {
        context().err().println("mirror-operator: " + words);
    }

    private static void stop(CountDownLatch stopped, CountDownLatch ended) {
        stopped.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
