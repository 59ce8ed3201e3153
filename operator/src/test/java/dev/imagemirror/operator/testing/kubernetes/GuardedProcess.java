package dev.imagemirror.operator.testing.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server process that ends with this JVM, however that ends, and whose output goes to a file. */
final class GuardedProcess {
    /**
     * The shell becomes the program. A child that it leaves behind reads from this JVM's end of the pipe, which the
     * system closes when the JVM is gone, even if it was killed, and then kills the program.
     */
    private static final String GUARD =
            "exec 3<&0; (exec >/dev/null 2>&1; read -r _ <&3; kill -9 $$) & exec \"$@\" 3<&- </dev/null";

    private static final int STOP_SECONDS = 15;

    private final Process process;
    private final Path log;

    private GuardedProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts {@code command}; what it says is added to {@code log}. */
    static GuardedProcess start(Path log, List<String> command) throws IOException {
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", GUARD, "guard"));
        guarded.addAll(command);
        Process process = new ProcessBuilder(guarded)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new GuardedProcess(process, log);
    }

    /** Whether it has ended; if it has not, waits some milliseconds for that. */
    boolean endsWithin(long milliseconds) throws InterruptedException {
        return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    }

    /** Kills it as soon as {@code other} has ended. */
    void endWith(GuardedProcess other) {
        var unused = other.process.onExit().thenRun(process::destroyForcibly);
    }

    /** All that it has said. */
    String output() throws IOException {
        return Files.readString(log);
    }

    /** Asks it to stop and waits until it has, a quarter of a minute at most; then kills it. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Ends it at once. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
