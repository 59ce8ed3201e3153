package dev.imagemirror.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.testing.MutableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    private final RegistryException failed = new RegistryException(ErrorKind.TEMPORARY, "failed");

    private final MutableClock clock = MutableClock.atSomeInstant();
    private final TestingSleeper sleeper = new TestingSleeper(clock);
    private final RetryPolicy policy = policy(new Random(1));

    @AfterEach
    void clearTheInterrupt() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @CsvSource({
        "1,          500,   1000",
        "2,          1000,  2000",
        "3,          2000,  4000",
        "5,          8000,  16000",
        "6,          15000, 30000",
        "20,         15000, 30000",
        "21,         15000, 30000",
        "1000,       15000, 30000",
        "2147483647, 15000, 30000",
    })
    void doublesTheDelayUpToHalfAMinuteWithJitter(int failures, long least, long most) {
        for (int round = 0; round < 1000; round++) {
            assertThat(policy.backoff(failures).toMillis()).isBetween(least, most);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 500, 1000", "4, 4000, 8000", "10, 15000, 30000"})
    void usesTheWholeRangeOfTheJitter(int failures, long least, long most) {
        assertThat(policy(lowest()).backoff(failures)).isEqualTo(Duration.ofMillis(least));
        assertThat(policy(highest()).backoff(failures)).isEqualTo(Duration.ofMillis(most));
    }

    @Test
    void neverWaitsLongerThanItsMaximum() {
        RetryPolicy brief = new RetryPolicy(9, Duration.ofHours(1), Duration.ofSeconds(3), clock, sleeper, highest());

        assertThat(brief.backoff(1)).isEqualTo(Duration.ofSeconds(3));
        assertThat(brief.backoff(9)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void canWaitForNothing() {
        RetryPolicy eager = new RetryPolicy(9, Duration.ZERO, Duration.ZERO, clock, sleeper, highest());

        assertThat(eager.backoff(5).toMillis()).isLessThanOrEqualTo(1);
    }

    @Test
    void waitsAsLongAsItIsAskedTo() throws Exception {
        RegistryException error = RegistryException.temporary(429, "slow down", Duration.ofSeconds(90));

        assertThat(policy.delay(1, error)).isEqualTo(Duration.ofSeconds(90));
        assertThat(policy.pause(1, error)).isTrue();
        assertThat(sleeper.waits()).containsExactly(Duration.ofSeconds(90));
    }

    @Test
    void waitsNoShorterThanItWouldUnasked() {
        assertThat(policy.delay(3, RegistryException.temporary(429, "slow down", Duration.ZERO)))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(policy.delay(3, RegistryException.temporary(429, "slow down", null)))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void givesUpRatherThanWaitLessThanItIsAskedTo() throws Exception {
        RegistryException error = RegistryException.temporary(429, "slow down", Duration.ofSeconds(121));

        assertThat(policy.pause(1, error)).isFalse();
        assertThat(sleeper.waits()).isEmpty();
    }

    @Test
    void pausesUntilItsTriesAreUsedUp() throws Exception {
        assertThat(policy.pause(1, failed)).isTrue();
        assertThat(policy.pause(5, failed)).isTrue();
        assertThat(policy.pause(6, failed)).isFalse();
        assertThat(sleeper.waits()).hasSize(2);
    }

    @Test
    void keepsAnInterruptThatComesInAWait() {
        RetryPolicy interrupted = new RetryPolicy(
                6,
                Duration.ofSeconds(1),
                Duration.ofMinutes(2),
                clock,
                delay -> {
                    throw new InterruptedException("now");
                },
                lowest());

        assertThatThrownBy(() -> interrupted.await(Duration.ofSeconds(1)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TEMPORARY))
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0", "1000"})
    void doesNotWaitOnAnInterruptedThread(long millis) {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> policy.await(Duration.ofMillis(millis))).isInstanceOf(RegistryException.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(sleeper.waits()).isEmpty();
    }

    @Test
    void skipsWaitsOfZeroLength() throws Exception {
        policy.await(Duration.ZERO);

        assertThat(sleeper.waits()).isEmpty();
    }

    @Test
    void triesAtLeastOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO, clock, sleeper, lowest()))
                .withMessage("attempts must be at least 1, not 0");
    }

    @Test
    void triesSixTimesByStandard() {
        RetryPolicy standard = RetryPolicy.standard(Clock.systemUTC(), lowest());

        assertThat(standard.attempts()).isEqualTo(6);
        assertThat(standard.maxDelay()).isEqualTo(Duration.ofMinutes(2));
        assertThat(standard.backoff(1)).isEqualTo(Duration.ofMillis(250));
    }

    private RetryPolicy policy(RandomGenerator random) {
        return new RetryPolicy(6, Duration.ofSeconds(1), Duration.ofMinutes(2), clock, sleeper, random);
    }

    /** The bounded draws of {@link RandomGenerator} take this generator's highest value, and a delay is cut by it. */
    private static RandomGenerator lowest() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return -1;
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
    }

    private static RandomGenerator highest() {
        return () -> 0;
    }
}
