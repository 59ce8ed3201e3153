package dev.imagemirror.operator.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keeps what may happen any number of times, such as messages that cannot be read, from being a line each: the first is
 * logged, and then one a minute at most, with the number of those that were not. Thread-safe.
 */
public final class LogLimit {
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private boolean hasSaid;
    private long saidAt;
    private int unsaid;

    /** Nothing was logged yet. */
    public LogLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * It has happened.
     *
     * @param count how often, at once
     * @param line logs it if it is time to, and is given what to end the line with: how many were not logged before, or
     *     nothing
     */
    public void happened(int count, Consumer<String> line) {
        more(count).ifPresent(line);
    }

    /** What to end the line with; empty if nothing is to be logged now. */
    private synchronized Optional<String> more(int count) {
        long now = nanoTime.getAsLong();
        if (hasSaid && now - saidAt < BETWEEN.toNanos()) {
            unsaid += count;
            return Optional.empty();
        }
        String more = unsaid == 0 ? "" : "; " + unsaid + " more since the last such line";
        hasSaid = true;
        saidAt = now;
        unsaid = 0;
        return Optional.of(more);
    }
}
