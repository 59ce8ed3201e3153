package dev.imagemirror.operator.engine;

import java.time.Duration;

/**
 * Hears of every pass, for metrics. Called on the worker's thread, so it should be quick; thread-safe.
 *
 * @param <K> what keys are
 */
@FunctionalInterface
public interface LoopListener<K> {
    /** How a pass ended. */
    enum Outcome {
        /** Nothing more to do. */
        DONE,
        /** To be worked again at a planned time. */
        REQUEUED,
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
    default void passBegins(K key, Duration waited) {}

    /** Hears and does nothing. */
    static <K> LoopListener<K> none() {
        return (key, outcome, took) -> {};
    }
}
