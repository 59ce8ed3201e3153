package dev.imagemirror.thread;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff: delays double with each failure up to a limit and are then shortened at random, so that what
 * failed together is not retried together. Thread-safe, whatever the generator is.
 */
public final class Backoff {
    private final Duration first;
    private final Duration max;
    private final RandomGenerator random;

    /** From 1 minute to 1 hour. */
    public Backoff(RandomGenerator random) {
        this(Duration.ofMinutes(1), Duration.ofHours(1), random);
    }

    /**
     * A backoff with limits.
     *
     * @param first delay after the first failure; positive
     * @param max the longest delay; not less than {@code first}
     * @param random for jitter; may be shared
     */
    public Backoff(Duration first, Duration max, RandomGenerator random) {
        if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("backoff cannot go from " + first + " to " + max);
        }
        this.first = first;
        this.max = max;
        this.random = random;
    }

    /** The delay after this many consecutive failures: half to the whole of the step; zero after none. */
    public Duration delay(int failures) {
        if (failures < 1) {
            return Duration.ZERO;
        }
        return jittered(step(failures));
    }

    /** Half to the whole of a delay. */
    public Duration jittered(Duration delay) {
        return delay.minusMillis(chance(delay.toMillis() / 2));
    }

    private Duration step(int failures) {
        Duration step = first;
        for (int i = 1; i < failures && step.compareTo(max) < 0; i++) {
            step = step.compareTo(max.dividedBy(2)) > 0 ? max : step.multipliedBy(2);
        }
        return step;
    }

    private long chance(long most) {
        synchronized (random) { // which may be shared
            return random.nextLong(most + 1);
        }
    }
}
