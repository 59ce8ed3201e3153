package dev.imagemirror.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that starts the command: what it gives to Java. */
class OperatorLauncherTest {
    private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

    @TempDir
    Path directory;

    @BeforeEach
    void writeAJavaThatSaysHowItIsCalled() throws IOException {
        Path java = Files.createDirectories(directory.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nfor word in \"$@\"; do echo \"[$word]\"; done\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"once", "status", "--version"})
    void shortLivedCommandsUseOneCompiler(String command) throws IOException, InterruptedException {
        assertThat(launch(command)).contains("[" + ONE_COMPILER + "]").contains("[" + command + "]");
    }

    @Test
    void continuousLoopUsesBothCompilers() throws IOException, InterruptedException {
        assertThat(launch("run")).doesNotContain(ONE_COMPILER);
        assertThat(launch("--config", "a b.yaml", "run"))
                .doesNotContain(ONE_COMPILER)
                .contains("[a b.yaml]\n[run]");
    }

    private String launch(String... arguments) throws IOException, InterruptedException {
        Path script = Peers.projectRoot().resolve("operator/src/main/sh/mirror-operator");
        String line = "JAVA_HOME='" + directory + "' sh '" + script + "' \"$@\"";
        List<String> command = new ArrayList<>(List.of("sh", "-c", line, "sh"));
        command.addAll(List.of(arguments));
        return Peers.check(command.toArray(String[]::new));
    }
}
