package dev.imagemirror.operator.engine;

import java.time.Duration;

/**
 * Hears of every pass, for metrics. Called on the worker's thread, so it should be quick; thread-safe.
 *
 * @param <K> what keys are
 */
public interface LoopListener<K> {
    /** How a pass ended; only {@link #DONE} and {@link #REQUEUED} are successes. */
    enum Outcome {
        /** Nothing more to do. */
        DONE,
        /** To be worked again at a planned time. */
        REQUEUED,
        /** It met another process's write, and is repeated after a backoff: neither a success nor a failure. */
        CONFLICT,
        /** What it asks is busy, and it is repeated later: neither a success nor a failure. */
        THROTTLED,
        /** It threw, and is repeated after a backoff. */
        FAILED
    }

    /**
     * A pass has ended.
     *
     * @param took by the queue's ticker
     */
    void passEnded(K key, Outcome outcome, Duration took);

    /**
     * A pass begins.
     *
     * @param waited how long the key had waited for a worker, by the queue's ticker
     */
    void passBegins(K key, Duration waited);

    /** Hears and does nothing. */
    static <K> LoopListener<K> none() {
        return new LoopListener<>() {
            @Override
            public void passBegins(K key, Duration waited) {}

            @Override
            public void passEnded(K key, Outcome outcome, Duration took) {}
        };
    }
}
