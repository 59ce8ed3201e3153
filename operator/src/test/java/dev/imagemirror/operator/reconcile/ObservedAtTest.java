package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The instant of the observation alone is written once an hour. */
class ObservedAtTest {
    private final Scene scene = new Scene();
    private Instant written;
    private int writes;

    @BeforeEach
    void anEntryInSync() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("v1"));
        scene.operator.pass(SOURCE);
        written = scene.clock.instant();
        writes = scene.statuses.writes();
    }

    @Test
    void nothingIsWrittenWithinTheHour() {
        scene.clock.advance(Duration.ofHours(1).minusMillis(1));
        scene.operator.pass(SOURCE);

        assertThat(scene.statuses.writes()).isEqualTo(writes);
        assertThat(scene.pair().times().observedAt()).isEqualTo(written);
    }

    @Test
    void pairAndSummaryAreWrittenOnceAfterTheHour() {
        scene.clock.advance(Duration.ofHours(1));
        scene.operator.pass(SOURCE);
        Instant now = scene.clock.instant();
        scene.clock.advance(Duration.ofMinutes(30));
        scene.operator.pass(SOURCE);

        assertThat(scene.statuses.writes()).isEqualTo(writes + 2);
        assertThat(scene.pair().times().observedAt()).isEqualTo(now);
        assertThat(scene.summary(SOURCE).observedAt()).isEqualTo(now);
    }

    @Test
    void aWriteOfTheInstantIsNoTransition() {
        scene.clock.advance(Duration.ofHours(1));
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().times().lastTransitionAt()).isEqualTo(written);
        assertThat(scene.pair().times().lastSyncedAt()).isEqualTo(written);
    }
}
