package dev.imagemirror.operator.engine;

import java.time.Duration;

/** Waits; injected, so that tests need not wait. */
@FunctionalInterface
public interface Pause {
    /** Waits for {@code delay} or until interrupted. */
    void pause(Duration delay) throws InterruptedException;
}
