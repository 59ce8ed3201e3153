package dev.imagemirror.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs {@code mirror} in a Java of its own, with the class path of the tests: for what one process can be only once. */
final class MirrorProcess {
    private MirrorProcess() {}

    /**
     * Runs it to its end.
     *
     * @param directory for what it writes
     * @param javaOptions such as {@code -Xmx32m}
     */
    static CommandRun run(Path directory, List<String> javaOptions, String... arguments)
            throws IOException, InterruptedException {
        return run(directory, new ProcessBuilder(command(javaOptions, arguments)));
    }

    /** Runs it to its end with no environment but the given one: all that it writes is seen. */
    static CommandRun run(Path directory, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(List.of("-XX:TieredStopAtLevel=1"), arguments));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return run(directory, builder);
    }

    /** Runs it to its end where no more files than these may be open: {@code ulimit -n}. */
    static CommandRun runWithOpenFiles(Path directory, int limit, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n " + limit + " && exec \"$@\"", "sh"));
        command.addAll(command(List.of("-XX:TieredStopAtLevel=1"), arguments));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().clear();
        return run(directory, process);
    }

    /** The words of its command line. */
    static List<String> command(List<String> javaOptions, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs any command to its end. */
    static CommandRun run(Path directory, ProcessBuilder command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "mirror", ".out");
        Path err = Files.createTempFile(directory, "mirror", ".err");
        command.environment().putIfAbsent("DOCKER_CONFIG", directory.toString());
        Process process =
                command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            return new CommandRun(process.waitFor(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
