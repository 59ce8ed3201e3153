package dev.imagemirror.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs {@code mirror} in a Java of its own, with no environment but the given one: all that it writes is seen. */
final class WorkerProcess {
    private WorkerProcess() {}

    /**
     * Runs it to its end.
     *
     * @param directory for what it writes
     */
    static CommandRun run(Path directory, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        List<String> command =
                new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, Main.class.getName()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(directory, "mirror", ".out");
        Path err = Files.createTempFile(directory, "mirror", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        return new CommandRun(exit, Files.readString(out), Files.readString(err));
    }
}
