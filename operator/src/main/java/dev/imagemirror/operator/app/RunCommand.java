package dev.imagemirror.operator.app;

import dev.imagemirror.operator.reconcile.Lease;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** {@code run}: the continuous loop, until the process is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the operator: compares digests continuously and has copied what has drifted, until it is "
                + "stopped (Ctrl-C, SIGTERM). Passes under way may end then, for up to 10 s; claims are kept. With lease.enabled, one "
                + "of several processes does this, and the others stand by.")
final class RunCommand extends OperatorCommand {
    RunCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(stopped, ended), "stop");
        try (Wiring wiring = open();
                Lease lease = wiring.lease()) {
            Runtime.getRuntime().addShutdownHook(hook);
            new Turns(lease, () -> new Service(wiring, context()), stopped, this::note).run();
        } finally {
            ended.countDown();
        }
        return Exit.OK;
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
