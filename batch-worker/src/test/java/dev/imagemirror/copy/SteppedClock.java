package dev.imagemirror.copy;

import dev.imagemirror.registry.http.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A clock on which a wait takes no time: it steps forward at once, and remembers the wait. Thread-safe. */
final class SteppedClock extends Clock implements RetryPolicy.Sleeper {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-05T04:05:06Z"));
    private final List<Duration> waits = new CopyOnWriteArrayList<>();

    @Override
    public void sleep(Duration delay) {
        waits.add(delay);
        now.updateAndGet(instant -> instant.plus(delay));
    }

    /** All waits so far. */
    List<Duration> waits() {
        return waits;
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants have no zone");
    }
}
