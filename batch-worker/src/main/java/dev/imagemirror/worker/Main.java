package dev.imagemirror.worker;

import dev.imagemirror.image.VisibleStream;
import dev.imagemirror.worker.credentials.AwsRegion;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Entry point of {@code mirror}. A signal ends the copy in order: no tag is set, and the report is printed. */
public final class Main {
    /** Batch and ECS give 30 s between SIGTERM and SIGKILL; the rest of the JVM's shutdown takes a moment, too. */
    private static final int STOP_SECONDS = 8;

    /** The program's own and its libraries' files, and connections to a source and some destinations. */
    private static final int OPEN_FILES = 256;

    private Main() {}

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        String shortage = OpenFiles.shortage(OPEN_FILES);
        if (!shortage.isEmpty()) {
            System.err.println("mirror: " + shortage);
            System.exit(ExitCode.USAGE);
        }
        AwsRegion.followCli(System.getenv());
        System.setErr(new VisibleStream(System.err)); // the log goes there too
        MirrorCommand command = new MirrorCommand(System.getenv(), System.out, System.err);
        CountDownLatch reported = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(command, reported), "stop"));
        int code = command.run(arguments);
        System.out.flush();
        reported.countDown();
        if (!command.isStopped()) { // else the signal's own exit is under way; this one would overtake it on Java 17
            System.exit(code);
        }
    }

    private static void stop(MirrorCommand command, CountDownLatch reported) {
        try {
            command.stop();
            if (!reported.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("mirror: stopped before all connections were closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
