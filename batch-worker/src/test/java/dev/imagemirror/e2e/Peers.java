package dev.imagemirror.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The programs that the end-to-end tests run, and how to run them. */
public final class Peers {
    /**
     * How a program ended.
     *
     * @param output both streams together
     */
    public record Result(int exit, String output) {}

    private Peers() {}

    /** Skips the test, saying what is missing, or fails it where {@code CI} is set. */
    public static void require(String... programs) {
        List<String> missing = Stream.of(programs)
                .filter(program -> Stream.of(System.getenv("PATH").split(":"))
                        .noneMatch(directory -> Files.isExecutable(Path.of(directory, program))))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        missing("not installed: " + missing + " (Debian packages docker-registry, skopeo, apache2-utils, bsdutils)");
    }

    /** Skips the test, saying {@code message}, or fails it where {@code CI} is set. */
    public static void missing(String message) {
        if (System.getenv("CI") != null) {
            fail(message);
        }
        System.out.println("SKIPPED: " + message);
        Assumptions.abort(message);
    }

    /** The packaged mirror command. */
    public static String launcher() {
        Path launcher = projectRoot().resolve("batch-worker/target/mirror/bin/mirror");
        if (!Files.isExecutable(launcher)) {
            throw new IllegalStateException(launcher + " is missing: run make build");
        }
        return launcher.toString();
    }

    /** The top directory of the project. */
    public static Path projectRoot() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    /** Runs a program to its end. */
    public static Result run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("e2e", ".out");
        try {
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            return new Result(exit, Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /** Runs a program that has to succeed. */
    public static String check(String... command) throws IOException, InterruptedException {
        Result result = run(List.of(command));
        if (result.exit() != 0) {
            throw new AssertionError(List.of(command) + " ended with " + result.exit() + ":\n" + result.output());
        }
        return result.output();
    }

    /** Runs the mirror command. */
    public static Result mirror(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher()));
        command.addAll(List.of(arguments));
        return run(command);
    }
}
