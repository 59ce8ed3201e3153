package dev.imagemirror.operator.testing.kubernetes;

import dev.imagemirror.operator.demo.OperatorProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code mirror-operator} as a process of its own; it ends with this JVM. */
public final class RunningOperator implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("mirror-operator: \\S+ at (http://\\S+)");
    private static final int END_SECONDS = 120;

    private final Process process;
    private final Path log;

    private RunningOperator(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it; what it says goes to a new file in {@code directory}. */
    static RunningOperator start(Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        Path log = Files.createTempFile(directory, "operator", ".log");
        return new RunningOperator(new OperatorProcess(environment).start(log.toFile(), arguments), log);
    }

    /** All that it has said. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** The lines of the log that hold the text. */
    public List<String> logLines(String text) throws IOException {
        return log().lines().filter(line -> line.contains(text)).toList();
    }

    /** Where its management port is, or null if it has not said so. */
    public URI url() throws IOException {
        Matcher said = PORT.matcher(log());
        return said.find() ? URI.create(said.group(1)) : null;
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it says that it runs. */
    void awaitWorking() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        while (logLines("mirror-operator: running").isEmpty()) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                throw new AssertionError("the operator does not work:\n" + log());
            }
        }
    }

    /** Waits until it ends by itself, and gives its exit code. */
    public int awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the operator did not end:\n" + log());
        }
        return process.exitValue();
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to stop and waits until it has. */
    @Override
    public void close() {
        try {
            OperatorProcess.stop(process);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
