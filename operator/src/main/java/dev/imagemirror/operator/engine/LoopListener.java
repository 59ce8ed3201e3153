package dev.imagemirror.operator.engine;

import java.time.Duration;

/**
 * Notified of every pass, for metrics. Called on the worker's thread: must be quick and thread-safe.
 *
 * @param <K> the key type
 */
public interface LoopListener<K> {
    /** How a pass ended; only {@link #DONE} and {@link #REQUEUED} are successes. */
    enum Outcome {
        /** Nothing more to do. */
        DONE,
        /** To be reconciled again at a planned time. */
        REQUEUED,
        /** Met another process's write; will be retried with backoff: neither a success nor a failure. */
        CONFLICT,
        /** Throttled and deferred: neither a success nor a failure. */
        THROTTLED,
        /** Threw, and will be retried with backoff. */
        FAILED
    }

    /**
     * Called when a pass has ended.
     *
     * @param took measured with the queue's ticker
     */
    void passEnded(K key, Outcome outcome, Duration took);

    /**
     * Called when a pass begins.
     *
     * @param waited how long the key waited for a worker, by the queue's ticker
     */
    void passBegins(K key, Duration waited);

    /** A listener that does nothing. */
    static <K> LoopListener<K> none() {
        return new LoopListener<>() {
            @Override
            public void passBegins(K key, Duration waited) {}

            @Override
            public void passEnded(K key, Outcome outcome, Duration took) {}
        };
    }
}
