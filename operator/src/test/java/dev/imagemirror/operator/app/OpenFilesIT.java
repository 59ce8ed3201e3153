package dev.imagemirror.operator.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.program.Exit;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that may open few files. */
@Timeout(60)
class OpenFilesIT {
    @ParameterizedTest
    @ValueSource(strings = {"run", "once", "status", "--version"})
    void reportsALowLimitBeforeAnythingElse(String command) throws Exception {
        Process process = start(64, command);
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(said)
                .isEqualToIgnoringNewLines(
                        "mirror-operator: the open files limit is 64, but at least 512 are needed; run: ulimit -n"
                                + " 1024");
        assertThat(process.waitFor()).isEqualTo(Exit.CONFIG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "--version"})
    void startsAtTheLimitThatItAsksFor(String command) throws Exception {
        Process process = start(512, command);
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(Exit.OK);
    }

    /** What it writes is one stream, in which nothing else may be. */
    private static Process start(int limit, String command) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n " + limit + " && exec \"$@\"",
                        "sh",
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        command)
                .redirectErrorStream(true);
        process.environment().clear();
        return process.start();
    }
}
