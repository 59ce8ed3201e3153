package dev.imagemirror.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.engine.ReconcileResult.Conflict;
import dev.imagemirror.operator.engine.ReconcileResult.Throttled;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeferralsTest {
    private static final RandomGenerator NO_CUT = () -> 0;
    private static final Conflict CONFLICT = new Conflict("a was changed by another process");
    private static final Throttled BUSY = new Throttled("registry is busy", Duration.ofSeconds(3));

    private final Deferrals<String> deferrals = with(NO_CUT);

    @Test
    void conflictsInARowWaitLongerEachUpToHalfAMinute() {
        assertThat(conflicts(deferrals, "a", 8))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void conflictingPassesAreRescheduledApart() {
        Deferrals<String> random = with(new SplittableRandom(1));

        assertThat(random.delay("a", CONFLICT))
                .isNotEqualTo(random.delay("b", CONFLICT))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(random.delay("a", BUSY))
                .isNotEqualTo(random.delay("b", BUSY))
                .isBetween(Duration.ofMillis(1500), Duration.ofSeconds(3));
    }

    @Test
    void eachKeyHasItsOwnRow() {
        assertThat(conflicts(deferrals, "a", 3)).last().isEqualTo(Duration.ofSeconds(4));
        assertThat(conflicts(deferrals, "b", 1)).last().isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aCompletePassEndsTheRow() {
        assertThat(conflicts(deferrals, "a", 3)).last().isEqualTo(Duration.ofSeconds(4));

        deferrals.completed("a");

        assertThat(deferrals.delay("a", CONFLICT)).hasSeconds(1);
    }

    @Test
    void whatIsBusyIsWaitedForAsLongAsThePassSays() {
        assertThat(Stream.generate(() -> deferrals.delay("a", BUSY)).limit(5)).containsOnly(BUSY.delay());
    }

    private static Stream<Duration> conflicts(Deferrals<String> deferrals, String key, int count) {
        return IntStream.range(0, count).mapToObj(i -> deferrals.delay(key, CONFLICT));
    }

    private static Deferrals<String> with(RandomGenerator random) {
        return new Deferrals<>(random);
    }
}
