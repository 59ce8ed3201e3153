package dev.imagemirror.operator.engine;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Delays after failures: doubled with each failure up to a limit, then shortened by chance, so that what failed together
 * is not tried together again. Thread-safe, whatever the generator is.
 */
public final class Backoff {
    /** A delay is cut by at most this share. */
    private static final double JITTER = 0.5;

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
     * @param first after the first failure; positive
     * @param max after any number of failures; not less than {@code first}
     * @param random chance
     */
    public Backoff(Duration first, Duration max, RandomGenerator random) {
        if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("backoff cannot go from " + first + " to " + max);
        }
        this.first = first;
        this.max = max;
        this.random = random;
    }

    /** Another one, with the same chance and these limits. */
    public Backoff between(Duration first, Duration max) {
        return new Backoff(first, max, random);
    }

    /** How long to wait after so many failures in a row: half to the whole of the step; zero after none. */
    public Duration delay(int failures) {
        if (failures < 1) {
            return Duration.ZERO;
        }
        return jittered(step(failures));
    }

    /** Half to the whole of a delay. */
    public Duration jittered(Duration delay) {
        return delay.minusMillis((long) (delay.toMillis() * JITTER * chance()));
    }

    private Duration step(int failures) {
        Duration step = first;
        for (int i = 1; i < failures && step.compareTo(max) < 0; i++) {
            step = step.compareTo(max.dividedBy(2)) > 0 ? max : step.multipliedBy(2);
        }
        return step;
    }

    private double chance() {
        synchronized (random) { // which others may have too
            return random.nextDouble();
        }
    }
}
