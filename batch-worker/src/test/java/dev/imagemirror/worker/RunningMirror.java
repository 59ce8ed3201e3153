package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The command in a JVM of its own, on this JVM's class path. */
final class RunningMirror implements AutoCloseable {
    private static final int SIGINT_BIT = 1 << 1;
    private static final char CTRL_C = 0x03;
    private static final List<String> JAVA_OPTIONS = List.of("-XX:TieredStopAtLevel=1");

    private final Process process;
    private final Path out;
    private final Path err;

    private RunningMirror(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it with an empty environment; {@code directory} takes what it writes. */
    static RunningMirror start(Path directory, String... arguments) throws IOException {
        return start(directory, MirrorProcess.command(JAVA_OPTIONS, arguments));
    }

    /**
     * Starts it likewise on a terminal of its own (the pseudo-terminal of util-linux' {@code script}), which takes both
     * its streams; aborts the test where that program is missing.
     */
    static RunningMirror startOnTerminal(Path directory, String... arguments) throws IOException {
        Peers.require("script");
        String words = MirrorProcess.command(JAVA_OPTIONS, arguments).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        String command = "stty rows 40 cols 120; exec " + words;
        return start(directory, List.of("script", "-qec", command, "/dev/null"));
    }

    private static RunningMirror start(Path directory, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(signalsRestored());
        command.addAll(words);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        return new RunningMirror(builder.start(), out, err);
    }

    /** Background jobs ignore SIGINT, and no shell may restore what it inherited; GNU's env (8.31 and newer) does. */
    private static List<String> signalsRestored() throws IOException {
        List<String> env = List.of("env", "--default-signal=INT");
        List<String> probe = new ArrayList<>(env);
        probe.add("true");
        try {
            boolean works = new ProcessBuilder(probe)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
            return works ? env : List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends the signal of this name, such as {@code TERM}. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Presses Ctrl-C on its terminal. */
    void pressCtrlC() throws IOException {
        process.getOutputStream().write(CTRL_C);
        process.getOutputStream().flush();
    }

    /** Aborts the test where the process cannot be interrupted, or fails it where {@code CI} is set. */
    void requireInterrupts() throws IOException {
        if (ignoresInterrupts()) {
            Peers.missing("SIGINT is ignored by processes of a background job, and env --default-signal is missing");
        }
    }

    /** Whether it inherited that SIGINT is ignored (proc(5), {@code SigIgn}); unknown counts as no. */
    private boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGINT_BIT) != 0);
    }

    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    int exit() {
        return process.exitValue();
    }

    /** Standard output so far; on a terminal, standard error as well. */
    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    /** The report, which must be all of standard output. */
    JsonNode report() throws IOException {
        String text = out();
        assertThat(text.lines())
                .as("standard output; standard error is: %s", err())
                .hasSize(1);
        assertThat(text).startsWith(ReportLine.PREFIX);
        return new ObjectMapper().readTree(text.substring(ReportLine.PREFIX.length()));
    }

    /** Ends it whatever it does. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
