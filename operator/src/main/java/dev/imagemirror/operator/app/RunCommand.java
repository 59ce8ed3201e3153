package dev.imagemirror.operator.app;

import dev.imagemirror.operator.reconcile.PortException;
import java.time.Duration;
import picocli.CommandLine.Command;

/** {@code run}: the continuous loop, until the process is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the operator: compares digests continuously and has copied what has drifted, until it is "
                + "stopped (Ctrl-C, SIGTERM). Passes under way may end then, for up to 10 s; claims are kept.")
final class RunCommand extends OperatorCommand {
    /** Less than the 10 s after which Docker and others kill a process that was told to stop. */
    private static final Duration STOP = Duration.ofMillis(9500);

    RunCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws InterruptedException {
        Stop stop = new Stop(Thread.currentThread(), STOP);
        try (Wiring wiring = open();
                Service service = new Service(wiring, context())) {
            Runtime.getRuntime().addShutdownHook(new Thread(stop::request, "stop"));
            service.start();
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
        return Exit.OK;
    }
}
