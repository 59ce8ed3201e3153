package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.text.Span;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How long passes that cannot be completed yet are tried again: as long as others of the run come to their end. Since
 * these are not without number, the run ends. Thread-safe.
 */
final class StallTimeout {
    private final Duration limit;
    private final LongSupplier ticker;
    private final Set<EntryKey> completed = ConcurrentHashMap.newKeySet();
    private volatile long lastProgress;

    /**
     * Begins now.
     *
     * @param limit of the time in which no pass is completed
     * @param ticker nanoseconds of a monotonic clock
     */
    StallTimeout(Duration limit, LongSupplier ticker) {
        this.limit = limit;
        this.ticker = ticker;
        this.lastProgress = ticker.getAsLong();
    }

    /** The key's pass was completed; only its first counts, since keys with jobs are looked at again and again. */
    void completed(EntryKey key) {
        if (completed.add(key)) {
            lastProgress = ticker.getAsLong();
        }
    }

    /**
     * Ends the pass that would have to be tried again, once it is over.
     *
     * @param reason what hindered it
     */
    void require(String reason) {
        if (ticker.getAsLong() - lastProgress > limit.toNanos()) {
            throw new IllegalStateException(
                    reason + ", and no reconcile has completed for " + Span.of(limit) + "; try again later");
        }
    }
}
