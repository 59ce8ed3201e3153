package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.EntryKey;
import java.time.Duration;
import java.time.Instant;

/** When an entry's turn comes: always at the same point of its interval, determined by its key's hash. */
public final class Schedule {
    private Schedule() {}

    /** Time from {@code now} to the entry's next turn: more than zero, at most {@code interval}. */
    public static Duration untilNext(EntryKey key, Duration interval, Instant now) {
        long length = interval.toMillis();
        long point = Math.floorMod(spread(key), length);
        long wait = Math.floorMod(point - now.toEpochMilli(), length);
        return Duration.ofMillis(wait == 0 ? length : wait);
    }

    private static long spread(EntryKey key) {
        long hash = key.text().hashCode() * 0x9E3779B97F4A7C15L;
        return hash ^ (hash >>> 32);
    }
}
