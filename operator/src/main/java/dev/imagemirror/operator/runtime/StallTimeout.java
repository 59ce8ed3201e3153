package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.text.Span;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How long incomplete passes are retried: as long as other passes of the run complete. As their number is finite, the
 * run ends. Thread-safe.
 */
final class StallTimeout {
    private final Duration limit;
    private final LongSupplier ticker;
    private final Set<EntryKey> completed = ConcurrentHashMap.newKeySet();
    private volatile long lastProgress;

    /**
     * Starts now.
     *
     * @param limit longest time without a completed pass
     * @param ticker nanoseconds of a monotonic clock
     */
    StallTimeout(Duration limit, LongSupplier ticker) {
        this.limit = limit;
        this.ticker = ticker;
        this.lastProgress = ticker.getAsLong();
    }

    /** The key's pass completed; only its first counts, since keys with jobs are rechecked repeatedly. */
    void completed(EntryKey key) {
        if (completed.add(key)) {
            lastProgress = ticker.getAsLong();
        }
    }

    /**
     * Fails the pass that would be retried if the time is up.
     *
     * @param reason what kept it from completing
     */
    void require(String reason) {
        if (ticker.getAsLong() - lastProgress > limit.toNanos()) {
            throw new IllegalStateException(
                    reason + ", and no reconcile has completed for " + Span.of(limit) + "; try again later");
        }
    }
}
