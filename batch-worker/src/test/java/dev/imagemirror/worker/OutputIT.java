package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole process writes, its log included. */
class OutputIT {
    private static final String NAME = "team/app";
    private static final String TAG = "1.0";

    @TempDir
    private Path directory;

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    private final TestingImage image = TestingImages.small(1).storedIn(source, NAME, TAG);

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    @Test
    void reportsWhatItCopiesAndTheResult() throws Exception {
        CommandRun run = mirror();

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.report().path("digest").asText()).isEqualTo(image.digest());
        assertThat(run.err().lines())
                .containsExactly(
                        "copying " + source.reference(NAME, TAG) + "@" + image.digest(),
                        destination.reference(NAME, TAG) + " copied: "
                                + String.format(Locale.ROOT, "%.1f KiB moved", image.blobBytes() / 1024.0));
    }

    @Test
    void isSilentOnSuccessIfQuiet() throws Exception {
        CommandRun run = mirror("--quiet");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.destination(0).path("outcome").asText()).isEqualTo("copied");
    }

    @Test
    void showsErrorsThoughQuiet() throws Exception {
        destination.enable(Trait.WRITES_DENIED);

        CommandRun run = mirror("-q");

        assertThat(run.exit()).isEqualTo(77);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith(destination.reference(NAME, TAG) + " failed (AccessDenied): ");
    }

    @Test
    void showsEveryRequestIfVerbose() throws Exception {
        CommandRun run = mirror("--verbose");

        assertThat(run.exit()).isZero();
        for (TestingRegistry registry : List.of(source, destination)) {
            for (RecordedRequest request : registry.requests()) {
                assertThat(run.err().lines())
                        .anyMatch(line -> line.contains(request.method() + " ")
                                && line.contains(registry.url() + request.path())
                                && line.contains(Integer.toString(request.status())));
            }
        }
        assertThat(run.report().path("digest").asText()).isEqualTo(image.digest());
    }

    private CommandRun mirror(String... options) throws Exception {
        String[] words = Stream.concat(
                        Stream.of(options), Stream.of(source.reference(NAME, TAG), destination.reference(NAME, TAG)))
                .toArray(String[]::new);
        return MirrorProcess.run(directory, List.of(), words);
    }
}
