package dev.imagemirror.operator.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.program.Exit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process whose reader has gone, as in {@code mirror-operator config | head}. */
@Timeout(60)
class ClosedPipeIT {
    @Test
    void exitsQuietlyAsIfKilledBySigpipe() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "config")
                .start();
        process.getInputStream().close();
        String said = new String(process.getErrorStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isEqualTo(Exit.CLOSED_PIPE);
        assertThat(said).isEmpty();
    }
}
