package dev.imagemirror.registry.http;

import dev.imagemirror.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits by moving the clock on, and remembers how long each wait was. */
public final class TestingSleeper implements RetryPolicy.Sleeper {
    private final List<Duration> waits = new ArrayList<>();
    private final MutableClock clock;

    public TestingSleeper(MutableClock clock) {
        this.clock = clock;
    }

    @Override
    public void sleep(Duration delay) {
        waits.add(delay);
        clock.advance(delay);
    }

    /** Every wait so far. */
    public List<Duration> waits() {
        return List.copyOf(waits);
    }
}
