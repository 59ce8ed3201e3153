package dev.imagemirror.operator.testing.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real kubectl as one user. Several threads may use it. */
public final class Kubectl {
    private static final int LIMIT_SECONDS = 300;

    /**
     * How a command ended.
     *
     * @param exit its exit code, 0 for success
     */
    public record Result(int exit, String out, String err) {}

    private final String program;
    private final Path kubeconfig;

    Kubectl(String program, Path kubeconfig) {
        this.program = program;
        this.kubeconfig = kubeconfig;
    }

    /** The file that makes it this user. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Runs a command to its end. */
    public Result run(String... arguments) throws IOException, InterruptedException {
        return runWith("", arguments);
    }

    /** Runs a command that reads {@code input}, such as {@code apply -f -}. */
    public Result runWith(String input, String... arguments) throws IOException, InterruptedException {
        Path files = Files.createTempDirectory(kubeconfig.getParent(), "kubectl");
        Path in = Files.writeString(files.resolve("in"), input);
        Path out = files.resolve("out");
        Path err = files.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command(arguments))
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // where kubectl keeps what it discovered, and would look for preferences of a person
        builder.environment().put("HOME", kubeconfig.getParent().toString());
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("kubectl " + List.of(arguments) + " did not end: " + Files.readString(err));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Runs a command that has to succeed, and gives its output. */
    public String check(String... arguments) throws IOException, InterruptedException {
        return checked(run(arguments), arguments);
    }

    /** Runs a command that reads {@code input} and has to succeed, and gives its output. */
    public String checkWith(String input, String... arguments) throws IOException, InterruptedException {
        return checked(runWith(input, arguments), arguments);
    }

    private static String checked(Result result, String... arguments) {
        if (result.exit() != 0) {
            throw new AssertionError(
                    "kubectl " + List.of(arguments) + " ended with " + result.exit() + ": " + result.err());
        }
        return result.out();
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program, "--kubeconfig=" + kubeconfig));
        command.addAll(List.of(arguments));
        return command;
    }
}
