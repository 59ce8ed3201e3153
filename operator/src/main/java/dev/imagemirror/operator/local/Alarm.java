package dev.imagemirror.operator.local;

import java.time.Duration;

/** Schedules an action. Thread-safe. */
@FunctionalInterface
public interface Alarm {
    /**
     * Runs {@code action}, which must be quick, after {@code delay}.
     *
     * @return cancels the action; no effect once it has run
     */
    Runnable set(Duration delay, Runnable action);
}
