package dev.imagemirror.operator.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.claim.ReconcilerSettings.Deadlines;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a job may run. */
class DeadlinesTest {
    private static final long GIB = 1L << 30;

    private final Deadlines standard = ReconcilerSettings.standard("me").deadlines();

    @ParameterizedTest
    @CsvSource({"0, 900", "1, 1412", "10, 6020", "81, 42372", "84, 43200", "100000, 43200"})
    void theDeadlineGrowsWithTheImageUpToALimit(long gib, int seconds) {
        assertThat(standard.seconds(OptionalLong.of(gib * GIB))).isEqualTo(seconds);
    }

    @Test
    void anImageOfUnknownSizeGetsTheLongestDeadline() {
        assertThat(standard.seconds(OptionalLong.empty())).isEqualTo(12 * 60 * 60);
    }

    @Test
    void theDeadlineIsNeverBelowTheMinimumOfBatch() {
        Deadlines brief = new Deadlines(Duration.ofMinutes(1), Duration.ofSeconds(10), 1000, Duration.ofHours(1));

        assertThat(brief.seconds(OptionalLong.of(1000))).isEqualTo(60);
    }
}
