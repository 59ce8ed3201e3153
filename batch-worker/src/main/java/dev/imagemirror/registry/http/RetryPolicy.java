package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.thread.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How temporary failures are retried: with exponential backoff, where half of each delay is random, or after the delay
 * that the server requests.
 *
 * @param attempts all attempts, including the first
 * @param firstDelay upper bound of the first delay; doubles with each retry
 * @param maxDelay longest delay; a longer {@code Retry-After} ends the retries, since a shorter wait would be futile
 * @param clock for HTTP dates and token lifetimes
 * @param sleeper how to wait
 * @param random source of jitter
 */
public record RetryPolicy(
        int attempts, Duration firstDelay, Duration maxDelay, Clock clock, Sleeper sleeper, RandomGenerator random) {

    /** Upper bound of delays, unless the server requests a longer one. */
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    /** Waits; tests replace it. */
    @FunctionalInterface
    public interface Sleeper {
        /** Really sleeps. */
        Sleeper REAL = delay -> TimeUnit.NANOSECONDS.sleep(delay.toNanos());

        /** Waits for {@code delay} or until interrupted. */
        void sleep(Duration delay) throws InterruptedException;
    }

    /** Requires at least one attempt, and all other arguments. */
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
        }
        Objects.requireNonNull(firstDelay, "firstDelay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(sleeper, "sleeper");
        Objects.requireNonNull(random, "random");
    }

    /** Six attempts, half a second doubling to 30 s, {@code Retry-After} honoured up to two minutes. */
    public static RetryPolicy standard(Clock clock, RandomGenerator random) {
        return new RetryPolicy(6, Duration.ofMillis(500), Duration.ofMinutes(2), clock, Sleeper.REAL, random);
    }

    /** The delay after failure number {@code failures} (1 for the first). */
    Duration backoff(int failures) {
        long longest = Math.max(1, Math.min(maxDelay.toMillis(), LONGEST_BACKOFF.toMillis()));
        long first = Math.max(1, Math.min(firstDelay.toMillis(), longest));
        return new Backoff(Duration.ofMillis(first), Duration.ofMillis(longest), random).delay(failures);
    }

    /**
     * Waits before retrying something larger than a request.
     *
     * @param failures attempts that failed so far
     * @param error the last failure
     * @return false if no attempt is left
     * @throws RegistryException if interrupted
     */
    public boolean pause(int failures, RegistryException error) throws RegistryException {
        Duration delay = delay(failures, error);
        if (failures >= attempts || delay.compareTo(maxDelay) > 0) {
            return false;
        }
        await(delay);
        return true;
    }

    /** The delay after failure number {@code failures}: the backoff, or longer if the server requests it. */
    Duration delay(int failures, RegistryException error) {
        Duration backoff = backoff(failures);
        return error.retryAfter().filter(asked -> asked.compareTo(backoff) > 0).orElse(backoff);
    }

    /** Waits; an interrupted thread keeps its flag and gets an error, even for a delay of zero. */
    void await(Duration delay) throws RegistryException {
        try {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("interrupted before the wait");
            }
            if (!delay.isZero()) {
                sleeper.sleep(delay);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(ErrorKind.TEMPORARY, "interrupted before the request was answered", e);
        }
    }
}
