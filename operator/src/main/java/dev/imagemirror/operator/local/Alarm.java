package dev.imagemirror.operator.local;

import java.time.Duration;

/** Lets something happen later. Thread-safe. */
@FunctionalInterface
public interface Alarm {
    /**
     * Runs {@code action}, which is quick, after {@code delay}.
     *
     * @return ends the wait; no error if it is over
     */
    Runnable set(Duration delay, Runnable action);
}
