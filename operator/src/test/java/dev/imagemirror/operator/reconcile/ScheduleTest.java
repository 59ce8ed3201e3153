package dev.imagemirror.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EntryKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When entries have their turns. */
class ScheduleTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    @Test
    void turnsOfManyEntriesAreSpreadOverTheInterval() {
        Map<Long, Long> turnsByMinute = IntStream.range(0, 5000)
                .mapToObj(i -> new EntryKey("docker.io/library/image" + i % 100 + ":1." + i / 100))
                .map(key ->
                        Schedule.untilNext(key, INTERVAL, NOW).minusMillis(1).toMinutes())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(turnsByMinute).hasSize(10);
        assertThat(turnsByMinute.values()).allSatisfy(turns -> assertThat(turns).isBetween(400L, 600L));
    }

    @Test
    void anEntrysTurnIsAlwaysAtTheSamePointOfItsInterval() {
        EntryKey key = new EntryKey("docker.io/library/golang:1.17");
        Instant turn = NOW.plus(Schedule.untilNext(key, INTERVAL, NOW));

        assertThat(Schedule.untilNext(key, INTERVAL, turn)).as("right at it").isEqualTo(INTERVAL);
        assertThat(Schedule.untilNext(key, INTERVAL, turn.minusMillis(1))).isEqualTo(Duration.ofMillis(1));
        assertThat(Schedule.untilNext(key, INTERVAL, turn.plusSeconds(60))).isEqualTo(INTERVAL.minusSeconds(60));
    }
}
