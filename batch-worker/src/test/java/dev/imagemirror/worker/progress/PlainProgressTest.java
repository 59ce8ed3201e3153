package dev.imagemirror.worker.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.copy.Outcome;
import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.ImageReference;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainProgressTest {
    private static final Descriptor FIRST = Blobs.blob('a', 30 * Blobs.MIB);
    private static final Descriptor SECOND = Blobs.blob('b', 70 * Blobs.MIB);

    private final TestingTicker ticker = new TestingTicker();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PlainProgress progress = new PlainProgress(new PrintStream(written, true, UTF_8), ticker);

    @Test
    void namesTheSourceWithTheDigestThatItHas() {
        progress.resolved(ImageReference.parse("a.io/x:1"), Blobs.digest('a'));
        progress.resolved(ImageReference.parse("a.io/x@" + Blobs.digest('b')), Blobs.digest('b'));

        assertThat(lines())
                .containsExactly("copying a.io/x:1@" + Blobs.digest('a'), "copying a.io/x@" + Blobs.digest('b'));
    }

    @Test
    void writesOneLineATickWithShareRateAndTimeLeft() {
        progress.planned(List.of(FIRST, SECOND));
        progress.blobStarted(FIRST);
        progress.blobProgress(FIRST, 10 * Blobs.MIB);
        assertThat(lines()).isEmpty();

        ticker.pass(Duration.ofSeconds(4));
        progress.blobProgress(FIRST, 20 * Blobs.MIB);
        progress.blobDone(FIRST, "b.io/x");
        progress.blobStarted(SECOND);
        progress.blobProgress(SECOND, 20 * Blobs.MIB);
        ticker.pass(Duration.ofSeconds(4));

        assertThat(lines())
                .containsExactly(
                        "10% of 100.0 MiB, 0 of 2 blobs, 2.5 MiB/s, 36s left",
                        "50% of 100.0 MiB, 1 of 2 blobs, 6.3 MiB/s, 8s left");
    }

    @Test
    void estimatesNoEndBeforeAnyProgress() {
        progress.planned(List.of(FIRST));

        ticker.pass(Duration.ofSeconds(3));

        assertThat(lines()).containsExactly("0% of 30.0 MiB, 0 of 1 blobs, 0 B/s");
    }

    @Test
    void ticksOnceHoweverManyDestinationsPlan() {
        progress.planned(List.of(FIRST));
        progress.planned(List.of(FIRST, SECOND));

        assertThat(ticker.starts()).isEqualTo(1);
    }

    @Test
    void isSilentWhenThereIsNothingToDo() {
        ticker.pass(Duration.ofMinutes(1));
        progress.destinationDone(Blobs.report(Outcome.PRESENT, 0, 0, 0));
        progress.close();

        assertThat(ticker.starts()).isZero();
        assertThat(lines()).containsExactly("a.io/x:1 already in sync");
    }

    @Test
    void endsWithTheCopy() {
        progress.planned(List.of(FIRST));
        progress.close();

        assertThat(ticker.isClosed()).isTrue();
    }

    private List<String> lines() {
        return written.toString(UTF_8).lines().toList();
    }
}
