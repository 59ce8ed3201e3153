package dev.imagemirror.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Descriptor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private static final Descriptor SMALL = Blobs.blob('a', 10);
    private static final Descriptor LARGE = Blobs.blob('b', 100);

    private final Totals totals = new Totals();

    @Test
    void countsABlobOnceThoughSeveralDestinationsPlanIt() {
        totals.planned(List.of(SMALL, LARGE));
        totals.planned(List.of(LARGE));

        assertThat(totals.snapshot()).isEqualTo(new Totals.Snapshot(2, 0, 110, 0));
    }

    @Test
    void countsBytesAsTheyAreRead() {
        totals.planned(List.of(SMALL, LARGE));
        totals.started(LARGE);
        totals.progress(LARGE, 30);
        totals.progress(LARGE, 30);

        assertThat(totals.snapshot()).isEqualTo(new Totals.Snapshot(2, 0, 110, 60));

        totals.progress(LARGE, 40);
        totals.done(LARGE);

        assertThat(totals.snapshot()).isEqualTo(new Totals.Snapshot(2, 1, 110, 100));
    }

    @Test
    void countsABlobThatWasThereOrMountedAsDone() {
        totals.planned(List.of(SMALL, LARGE));
        totals.done(LARGE);

        assertThat(totals.snapshot()).isEqualTo(new Totals.Snapshot(2, 1, 110, 100));
    }

    @Test
    void isNotDoneWithABlobThatOnlySomeDestinationsHad() {
        totals.planned(List.of(LARGE));
        totals.done(LARGE);
        totals.started(LARGE);
        totals.progress(LARGE, 30);
        totals.done(LARGE);

        assertThat(totals.snapshot()).isEqualTo(new Totals.Snapshot(1, 0, 100, 30));
    }

    @Test
    void beginsAnewWhenAReadDoes() {
        totals.planned(List.of(LARGE));
        totals.started(LARGE);
        totals.progress(LARGE, 70);
        totals.started(LARGE);
        totals.progress(LARGE, 20);

        assertThat(totals.snapshot().bytesDone()).isEqualTo(20);
    }

    @Test
    void isDoneWithAnEmptyBlobAtOnce() {
        totals.planned(List.of(Blobs.blob('c', 0)));
        totals.started(Blobs.blob('c', 0));

        assertThat(totals.snapshot()).isEqualTo(new Totals.Snapshot(1, 1, 0, 0));
    }
}
