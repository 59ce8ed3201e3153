package dev.imagemirror.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
    private static final RandomGenerator NO_CUT = () -> 0;
    private static final RandomGenerator LARGEST_CUT = new RandomGenerator() {
        @Override
        public long nextLong() {
            return -1;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 16", "6, 32", "7, 60", "8, 60", "64, 60", "2147483647, 60"})
    void doublesFromOneMinuteToOneHour(int failures, long minutes) {
        assertThat(new Backoff(NO_CUT).delay(failures)).isEqualTo(Duration.ofMinutes(minutes));
    }

    @ParameterizedTest
    @CsvSource({"1, 30", "3, 120", "7, 1800", "1000, 1800"})
    void jitterShortensTheDelayByAtMostHalf(int failures, long seconds) {
        assertThat(new Backoff(LARGEST_CUT).delay(failures)).hasSeconds(seconds);
    }

    @Test
    void simultaneousFailuresAreRetriedAtDifferentTimes() {
        Backoff backoff = new Backoff(new SplittableRandom(1));

        assertThat(backoff.delay(5)).isNotEqualTo(backoff.delay(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void noFailureMeansNoDelay(int failures) {
        assertThat(new Backoff(NO_CUT).delay(failures)).isZero();
    }

    @Test
    void limitsCanBeChosenAndNeitherIsExceeded() {
        Backoff backoff = new Backoff(Duration.ofSeconds(3), Duration.ofSeconds(10), NO_CUT);

        assertThat(backoff.delay(2)).hasSeconds(6);
        assertThat(backoff.delay(3)).hasSeconds(10);
    }

    @Test
    void theGreatestLimitDoesNotOverflow() {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(Long.MAX_VALUE), NO_CUT);

        assertThat(backoff.delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofMillis(Long.MAX_VALUE));
    }

    @Test
    void invalidLimitsAreRejected() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1), NO_CUT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), NO_CUT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
