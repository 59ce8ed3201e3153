package dev.imagemirror.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.PairStatus.Progress;
import dev.imagemirror.operator.domain.PairStatus.Seen;
import dev.imagemirror.operator.domain.PairStatus.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairStatusTest {
    private static final Digest A = new Digest("sha256", "a".repeat(64));
    private static final Digest B = new Digest("sha256", "b".repeat(64));
    private static final Instant T1 = Instant.parse("2030-01-01T00:00:01Z");
    private static final Instant T2 = T1.plusSeconds(1);
    private static final Pair PAIR = new Pair(ImageReference.parse("a.io/x:1"), ImageReference.parse("b.io/x:1"));
    private static final PairStatus FRESH = PairStatus.fresh(new EntryKey("a.io/x:1"), PAIR);

    private final PairState inSync = PairState.idle(Drift.IN_SYNC);
    private final PairState stale = PairState.idle(Drift.STALE);

    @Test
    void theFirstObservationIsATransitionEvenIfTheWordStays() {
        assertThat(FRESH.in(PairState.idle(Drift.UNKNOWN), Seen.NOTHING, T1).times())
                .isEqualTo(new Times(T1, T1, null));
    }

    @Test
    void theSameWordIsNoTransition() {
        PairStatus first = FRESH.in(stale, new Seen(A, B), T1);

        assertThat(first.in(PairState.held(Drift.STALE, Reason.BACKOFF, "m"), new Seen(A, B), T2)
                        .times())
                .isEqualTo(new Times(T2, T1, null));
    }

    @Test
    void anotherWordIsATransition() {
        assertThat(FRESH.in(stale, new Seen(A, B), T1)
                        .in(PairState.copying(Drift.STALE, ""), new Seen(A, B), T2)
                        .times())
                .isEqualTo(new Times(T2, T2, null));
    }

    @Test
    void syncedAtMovesWhenThePairBecomesEqualAndNotWhileItStays() {
        PairStatus synced = FRESH.in(inSync, new Seen(A, A), T1);

        assertThat(synced.times().lastSyncedAt()).isEqualTo(T1);
        assertThat(synced.in(inSync, new Seen(A, A), T2).times().lastSyncedAt()).isEqualTo(T1);
        assertThat(synced.in(inSync, new Seen(B, B), T2).times().lastSyncedAt()).isEqualTo(T2);
        PairStatus drifted = synced.in(stale, new Seen(B, A), T2);
        assertThat(drifted.times().lastSyncedAt()).isEqualTo(T1);
        assertThat(drifted.in(inSync, new Seen(B, B), T2).times().lastSyncedAt())
                .isEqualTo(T2);
    }

    @Test
    void saysTheSameIgnoresTheInstantOfObservationAndTheVersionOnly() {
        PairStatus first = FRESH.in(inSync, new Seen(A, A), T1);

        assertThat(first.in(inSync, new Seen(A, A), T2).at(7).saysTheSameAs(first))
                .isTrue();
        assertThat(first.in(stale, new Seen(A, A), T1).saysTheSameAs(first)).isFalse();
        assertThat(first.in(inSync, new Seen(B, B), T1).saysTheSameAs(first)).isFalse();
        assertThat(first.withClaim(ClaimTest.claim()).saysTheSameAs(first)).isFalse();
        assertThat(first.with(new Progress(
                                null,
                                new Retry(A, 1, 0, T1, null),
                                first.progress().history()))
                        .saysTheSameAs(first))
                .isFalse();
    }

    @Test
    void aClaimIsAddedAndTakenWithoutTouchingTheRest() {
        PairStatus claimed = FRESH.in(stale, new Seen(A, B), T1).at(3).withClaim(ClaimTest.claim());

        assertThat(claimed.claim()).isEqualTo(ClaimTest.claim());
        assertThat(claimed.withClaim(null))
                .isEqualTo(FRESH.in(stale, new Seen(A, B), T1).at(3));
        assertThat(claimed.isNew()).isFalse();
        assertThat(FRESH.isNew()).isTrue();
    }

    @Test
    void theHistoryKeepsTheLatestTen() {
        CopyRecord latest = new CopyRecord(A, T2, "j", "copied", 1, Duration.ZERO);
        CopyRecord old = new CopyRecord(B, T1, "i", "copied", 1, Duration.ZERO);
        List<CopyRecord> records = new ArrayList<>(Collections.nCopies(11, old));
        records.add(0, latest);

        assertThat(new Progress(null, Retry.NONE, records).history())
                .hasSize(10)
                .startsWith(latest);
    }

    @Test
    void aSummarySaysTheSameWhateverItsInstantAndVersion() {
        EntryStatus status = EntryStatus.fresh(new EntryKey("a"));

        assertThat(new EntryStatus(status.key(), status.summary(), Map.of(), T1, 4).saysTheSameAs(status))
                .isTrue();
        assertThat(new EntryStatus(status.key(), status.summary(), Map.of("1", SourceTag.first(A, T1)), null, 0)
                        .saysTheSameAs(status))
                .isFalse();
    }
}
