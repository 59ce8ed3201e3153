package dev.imagemirror.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PairStateTest {
    @ParameterizedTest
    @EnumSource(Drift.class)
    void blockedAndCopyingComeFirstWhateverTheDrift(Drift drift) {
        assertThat(PairState.held(drift, Reason.DIVERGING, "").word()).isEqualTo("Blocked");
        assertThat(PairState.copying(drift, "").word()).isEqualTo("Copying");
    }

    @ParameterizedTest
    @CsvSource({
        "SUSPENDED, IN_SYNC, InSync",
        "SUSPENDED, STALE, Suspended",
        "SUSPENDED, MISSING, Suspended",
        "SUSPENDED, UNKNOWN, Suspended",
        "QUARANTINED, IN_SYNC, InSync",
        "QUARANTINED, STALE, Quarantined",
        "QUARANTINED, UNKNOWN, Quarantined",
        "BACKOFF, STALE, Stale",
        "BACKOFF, UNKNOWN, Unknown",
        "ADMISSION, MISSING, Missing",
    })
    void waitingPairShowsItsReasonOnlyIfDeliberate(Reason reason, Drift drift, String word) {
        assertThat(PairState.held(drift, reason, "").word()).isEqualTo(word);
    }

    @ParameterizedTest
    @EnumSource(Drift.class)
    void anIdlePairShowsItsDrift(Drift drift) {
        assertThat(PairState.idle(drift).word()).isEqualTo(drift.word());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aReasonDecidesThePhaseAndIsFoundByItsWord(Reason reason) {
        assertThat(PairState.held(Drift.STALE, reason, "m").phase()).isEqualTo(reason.phase());
        assertThat(Reason.of(reason.word())).isEqualTo(reason);
        assertThat(Reason.of("Nonsense")).isNull();
    }

    @Test
    void onlyARefusalIsRefusedWhateverTheMessage() {
        assertThat(PairState.refused("m").isRefused()).isTrue();
        assertThat(PairState.refused("").isRefused()).isTrue();
        assertThat(new PairState(Drift.UNKNOWN, Phase.IDLE, null, "m").isRefused())
                .isFalse();
    }

    @Test
    void aReasonThatDoesNotFitThePhaseIsRefused() {
        assertRefused(Phase.IDLE, Reason.BACKOFF);
        assertRefused(Phase.COPYING, Reason.CYCLE);
        assertRefused(Phase.WAITING, null);
        assertRefused(Phase.WAITING, Reason.CYCLE);
        assertRefused(Phase.BLOCKED, null);
        assertRefused(Phase.BLOCKED, Reason.BACKOFF);
    }

    private static void assertRefused(Phase phase, Reason reason) {
        assertThatThrownBy(() -> new PairState(Drift.STALE, phase, reason, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
