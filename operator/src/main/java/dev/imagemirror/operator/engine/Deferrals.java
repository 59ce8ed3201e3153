package dev.imagemirror.operator.engine;

import dev.imagemirror.operator.engine.ReconcileResult.Incomplete;
import dev.imagemirror.operator.engine.ReconcileResult.Throttled;
import dev.imagemirror.thread.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * When passes that are {@link Incomplete} are retried. Conflicts have a backoff of their own, with jitter, or two processes
 * that write the same would collide again. Thread-safe.
 *
 * @param <K> what keys are
 */
public final class Deferrals<K> {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Backoff backoff;
    private final Map<K, Integer> conflicts = new ConcurrentHashMap<>();

    /** @param random for jitter */
    public Deferrals(RandomGenerator random) {
        this.backoff = new Backoff(FIRST, LONGEST, random);
    }

    /** How long to wait after one more such pass over the key. */
    public Duration delay(K key, Incomplete result) {
        return result instanceof Throttled throttled
                ? backoff.jittered(throttled.delay())
                : backoff.delay(conflicts.merge(key, 1, Integer::sum));
    }

    /** A pass over the key was complete: its next conflict is the first. */
    public void completed(K key) {
        conflicts.remove(key);
    }
}
