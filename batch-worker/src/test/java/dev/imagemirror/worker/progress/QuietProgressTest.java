package dev.imagemirror.worker.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.copy.Outcome;
import dev.imagemirror.image.ImageReference;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuietProgressTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void showsErrorsAndNothingElse() {
        try (Progress progress = Progress.on(new PrintStream(written, true, UTF_8), true, false, () -> 0)) {
            progress.resolved(ImageReference.parse("a.io/x:1"), Blobs.digest('a'));
            progress.planned(List.of(Blobs.blob('a', 1)));
            progress.destinationDone(Blobs.report(Outcome.COPIED, 1, 0, 0));
            progress.destinationDone(Blobs.failed("log in first"));
        }

        assertThat(written.toString(UTF_8).lines()).containsExactly("a.io/x:1 failed (AccessDenied): log in first");
    }
}
