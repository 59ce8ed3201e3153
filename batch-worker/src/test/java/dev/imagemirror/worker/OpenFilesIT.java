package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that may open few files. */
@Timeout(60)
class OpenFilesIT {
    @TempDir
    private Path directory;

    @Test
    void reportsALowLimitBeforeAnythingElse() throws Exception {
        CommandRun run =
                MirrorProcess.runWithOpenFiles(directory, 64, "registry.invalid/app:1", "registry.invalid/app:2");

        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "mirror: the open files limit is 64, but at least 256 are needed; run: ulimit -n 1024");
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void startsAtTheLimitThatItAsksFor() throws Exception {
        CommandRun run = MirrorProcess.runWithOpenFiles(directory, 256, "--version");

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
    }
}
