package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.engine.Pause;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits longer after each failure in a row, with jitter. */
record Backoff(Duration first, Duration most, Pause pause, RandomGenerator random) {
    /** Waits after failure number {@code failures} in a row; 1 is the first. */
    void await(int failures) throws InterruptedException {
        long doubled = first.toMillis() << Math.min(failures - 1, 20);
        long bound = Math.min(doubled, most.toMillis());
        pause.pause(Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1)));
    }
}
