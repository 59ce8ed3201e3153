package dev.imagemirror.operator.engine;

import java.time.Duration;

/** Waits; handed in, so that tests need not. */
@FunctionalInterface
public interface Pause {
    /** Waits for {@code delay} or until interrupted. */
    void pause(Duration delay) throws InterruptedException;
}
