package dev.imagemirror.operator.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Rate-limits a log line for an event of unbounded frequency, such as an unreadable message: the first is logged, then
 * at most one a minute, with the number suppressed since. Thread-safe.
 */
public final class LogLimit {
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private boolean hasSaid;
    private long saidAt;
    private int unsaid;

    /** Creates a limit; nothing has been logged yet. */
    public LogLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Records an occurrence.
     *
     * @param count the number of simultaneous occurrences
     * @param line called if a line is due, with the text to append to it: how many were suppressed, or nothing
     */
    public void happened(int count, Consumer<String> line) {
        more(count).ifPresent(line);
    }

    /** The text to append to the line; empty if no line is due. */
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
