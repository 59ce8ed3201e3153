package dev.imagemirror.operator.demo;

import dev.imagemirror.operator.app.Main;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs {@code mirror-operator} as a process of its own, with this process's class path. */
public final class OperatorProcess {
    private final Map<String, String> environment;

    /** @param environment beside this process's own */
    public OperatorProcess(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * What a command gave and said.
     *
     * @param exit its code
     * @param out standard output
     */
    public record Result(int exit, String out) {}

    /** Runs a command to its end; its errors go to this process's. */
    public Result run(String... arguments) throws IOException, InterruptedException {
        Process process = command(Main.class, arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out);
    }

    /** Starts a command that goes on, as long as this process does; its errors and logs go to {@code log}, or to this process's if that is null. */
    public Process start(File log, String... arguments) throws IOException {
        ProcessBuilder builder = command(GuardedOperator.class, arguments);
        if (log == null) {
            return builder.inheritIO()
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
        }
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    /** What a shell is told for a person's own commands to find the same tables. */
    public String export() {
        return "export "
                + new TreeMap<>(environment)
                        .entrySet().stream()
                                .map(variable -> variable.getKey() + "=" + variable.getValue())
                                .collect(Collectors.joining(" "));
    }

    /** Asks the process to stop, and waits. */
    public static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private ProcessBuilder command(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=logback.xml", // not that of the tests
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }
}
