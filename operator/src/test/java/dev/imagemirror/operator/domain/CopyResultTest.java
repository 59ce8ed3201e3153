package dev.imagemirror.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.copy.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyResultTest {
    @ParameterizedTest
    @CsvSource({
        "copied, COPIED",
        "present, PRESENT",
        "failed: AccessDenied, FAILED",
        "failed, FAILED",
        "unknown, UNKNOWN",
        "ended, UNKNOWN",
        "copiedly, UNKNOWN"
    })
    void recordedOutcomesBeginWithTheResult(String outcome, CopyResult result) {
        assertThat(CopyResult.of(outcome)).isEqualTo(result);
    }

    @Test
    void theWorkersReportUsesTheSameWords() {
        assertThat(CopyResult.of(Outcome.COPIED.word())).isEqualTo(CopyResult.COPIED);
        assertThat(CopyResult.of(Outcome.PRESENT.word())).isEqualTo(CopyResult.PRESENT);
        assertThat(CopyResult.of(Outcome.FAILED.word())).isEqualTo(CopyResult.FAILED);
    }
}
