package dev.imagemirror.worker.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.copy.Outcome;
import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.ImageReference;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BarProgressTest {
    private static final Descriptor FIRST = Blobs.blob('a', 10 * Blobs.MIB);
    private static final Descriptor SECOND = Blobs.blob('b', 30 * Blobs.MIB);

    private final TestingScreen screen = new TestingScreen();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final BarProgress progress = new BarProgress(new PrintStream(written, true, UTF_8), 120, screen::catching);

    @Test
    void showsTheTotalAndABarForEachBlob() {
        progress.planned(List.of(FIRST, SECOND));
        progress.blobStarted(FIRST);
        progress.blobProgress(FIRST, 10 * Blobs.MIB);
        progress.blobStarted(SECOND);
        progress.blobProgress(SECOND, 15 * Blobs.MIB);
        progress.close();

        assertThat(screen.last()).hasSize(3);
        assertThat(screen.last().get(0)).startsWith("total").contains("62%", "25/40MiB", "MiB/s");
        assertThat(screen.last().get(1)).startsWith("aaaaaaaaaaaa").contains("100%", "10/10MiB", "MiB/s");
        assertThat(screen.last().get(2)).startsWith("bbbbbbbbbbbb").contains("50%", "15/30MiB");
    }

    @Test
    void showsElapsedTimeAndTimeLeft() {
        progress.planned(List.of(FIRST));
        progress.blobStarted(FIRST);
        progress.blobProgress(FIRST, 5 * Blobs.MIB);
        progress.close();

        assertThat(screen.last())
                .allSatisfy(line -> assertThat(line).containsPattern("\\(0:00:\\d\\d / 0:00:\\d\\d\\)"));
    }

    @Test
    void growsTheTotalWhenADestinationPlansMore() {
        progress.planned(List.of(FIRST));
        progress.planned(List.of(FIRST, SECOND));
        progress.close();

        assertThat(screen.last()).singleElement().asString().contains("0/40MiB");
    }

    @Test
    void countsBlobsThatNeedNoReadInTheTotal() {
        progress.planned(List.of(FIRST, SECOND));
        progress.blobDone(FIRST, "a.io/x");
        progress.close();

        assertThat(screen.last()).singleElement().asString().contains("10/40MiB");
    }

    @Test
    void goesOnShowingAReadThoughAnotherDestinationHadTheBlob() {
        progress.planned(List.of(FIRST));
        progress.blobStarted(FIRST);
        progress.blobProgress(FIRST, 2 * Blobs.MIB);
        progress.blobDone(FIRST, "a.io/x");
        progress.blobProgress(FIRST, 2 * Blobs.MIB);
        progress.close();

        assertThat(screen.last()).hasSize(2).allMatch(line -> line.contains("4/10MiB"));
    }

    @Test
    void beginsABarAnewWhenTheReadDoes() {
        progress.planned(List.of(FIRST));
        progress.blobStarted(FIRST);
        progress.blobProgress(FIRST, 8 * Blobs.MIB);
        progress.blobStarted(FIRST);
        progress.blobProgress(FIRST, 1 * Blobs.MIB);
        progress.close();

        assertThat(screen.last()).hasSize(2).allMatch(line -> line.contains("1/10MiB"));
    }

    @Test
    void showsNoMoreBarsThanATerminalHolds() {
        List<Descriptor> blobs = IntStream.range(0, 12)
                .mapToObj(number -> Blobs.blob(Character.forDigit(number, 16), Blobs.MIB))
                .toList();
        progress.planned(blobs);
        blobs.forEach(progress::blobStarted);
        blobs.forEach(blob -> progress.blobProgress(blob, Blobs.MIB / 2));
        progress.close();

        assertThat(screen.last()).hasSize(1 + 8);
        assertThat(screen.last().get(0)).contains("6/12MiB");
    }

    @Test
    void writesResultsBelowTheBars() {
        progress.resolved(ImageReference.parse("a.io/x:1"), Blobs.digest('a'));
        progress.planned(List.of(FIRST));
        progress.destinationDone(Blobs.report(Outcome.COPIED, 2048, 0, 0));
        assertThat(lines()).hasSize(1);

        progress.close();

        assertThat(lines()).containsExactly("copying a.io/x:1@" + Blobs.digest('a'), "a.io/x:1 copied: 2.0 KiB moved");
    }

    @Test
    void showsNoBarWhenThereIsNothingToDo() {
        progress.destinationDone(Blobs.report(Outcome.PRESENT, 0, 0, 0));
        progress.close();

        assertThat(screen.last()).isEmpty();
        assertThat(lines()).containsExactly("a.io/x:1 already in sync");
    }

    private List<String> lines() {
        return written.toString(UTF_8).lines().toList();
    }
}
