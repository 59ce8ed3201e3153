package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.TestingImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --engine skopeo} with a stand-in for skopeo that prints scripted output. */
class SkopeoProcessIT {
    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    @TempDir
    private Path directory;

    @BeforeEach
    void fillTheSource() {
        TestingImages.small(1).putInto(source, "app", "1");
    }

    @Test
    void aSourceThatIsRateLimitingIsReportedForItsCoolDown() throws Exception {
        CommandRun run =
                mirror("initializing source docker://" + source.reference("app", "1") + ": reading manifest 1 in "
                        + source.authority() + "/app: toomanyrequests: You have reached your pull rate limit.");

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.TEMPORARY);
        assertThat(run.destination(0).path("reason").asText()).isEqualTo("Temporary");
        assertThat(run.destination(0).path("throttledBy").asText()).isEqualTo(source.authority());
        assertThat(run.destination(0).path("error").asText()).contains("You have reached your pull rate limit.");
    }

    @Test
    void aDestinationThatIsRateLimitingByARefusalIsReportedForItsCoolDown() throws Exception {
        CommandRun run = mirror("writing manifest: uploading manifest 1 to " + destination.authority()
                + "/app: denied: You have exceeded a secondary rate limit.");

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.TEMPORARY);
        assertThat(run.destination(0).path("throttledBy").asText()).isEqualTo(destination.authority());
    }

    private CommandRun mirror(String message) throws IOException, InterruptedException {
        Path errors = Files.writeString(
                directory.resolve("errors"), "time=\"2026-11-28T09:33:11Z\" level=fatal msg=\"" + message + "\"\n");
        Path script =
                Files.writeString(directory.resolve("skopeo"), "#!/bin/sh\n/bin/cat '" + errors + "' >&2\nexit 1\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> environment = Map.of("PATH", directory.toString(), "MIRROR_ENGINE", "skopeo");
        return MirrorProcess.run(
                directory, environment, source.reference("app", "1"), destination.reference("app", "1"));
    }
}
