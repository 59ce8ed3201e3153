package dev.imagemirror.operator.web;

import dev.imagemirror.text.Span;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the work queue does.
 *
 * @param depth entries that wait for a worker
 * @param planned entries whose turn comes later
 * @param oldestWaiting how long the one that waits longest has waited
 * @param workers threads that there should be
 * @param aliveWorkers threads that there are
 */
public record QueueState(int depth, int planned, Duration oldestWaiting, int workers, long aliveWorkers) {
    /** Waiting for a worker for so long means that the queue does not move. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** Why the queue counts as one that does not move. */
    public @Nullable String fault() {
        if (aliveWorkers < workers) {
            return aliveWorkers + " of " + workers + " workers are running";
        }
        return oldestWaiting.compareTo(LONGEST_WAIT) > 0
                ? "an entry has waited for a worker for " + Span.of(oldestWaiting)
                : null;
    }
}
