package dev.imagemirror.operator.app;

import dev.imagemirror.operator.web.Metrics;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** {@code run}: the continuous loop, until the process is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the operator: compares digests continuously and has copied what has drifted, until it is "
                + "stopped (Ctrl-C, SIGTERM). Passes under way may end then, for up to 10 s; claims are kept.")
final class RunCommand extends OperatorCommand {
    RunCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(stopped, ended), "stop");
        try (Metrics metrics = new Metrics();
                Wiring wiring = Wiring.open(config().config(), context(), false, Probes.of(metrics));
                Management operator = Management.open(wiring, context(), metrics)) {
            Runtime.getRuntime().addShutdownHook(hook);
            if (operator.url() != null) {
                context().err().println("mirror-operator: dashboard at " + operator.url());
            }
            operator.start();
            context().err().println("mirror-operator: running; Ctrl-C stops it");
            stopped.await();
        } finally {
            ended.countDown();
        }
        return Exit.OK;
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
