package dev.imagemirror.operator.web;

import dev.imagemirror.text.Span;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * State of the work queue.
 *
 * @param depth entries waiting for a worker
 * @param planned entries scheduled for later
 * @param oldestWaiting longest current wait
 * @param workers configured threads
 * @param aliveWorkers threads alive
 */
public record QueueState(int depth, int planned, Duration oldestWaiting, int workers, long aliveWorkers) {
    /** The queue counts as stalled if an entry waits longer for a worker. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** Why the queue counts as stalled; null if it does not. */
    public @Nullable String fault() {
        if (aliveWorkers < workers) {
            return aliveWorkers + " of " + workers + " workers are running";
        }
        return oldestWaiting.compareTo(LONGEST_WAIT) > 0
                ? "an entry has waited for a worker for " + Span.of(oldestWaiting)
                : null;
    }
}
