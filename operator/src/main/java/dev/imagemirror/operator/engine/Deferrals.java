package dev.imagemirror.operator.engine;

import dev.imagemirror.operator.engine.ReconcileResult.Incomplete;
import dev.imagemirror.operator.engine.ReconcileResult.Throttled;
import dev.imagemirror.thread.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Decides when {@link Incomplete} passes are retried. Conflicts have their own backoff, with jitter, or two processes
 * writing the same item would collide again. Thread-safe.
 *
 * @param <K> the key type
 */
public final class Deferrals<K> {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Backoff backoff;
    private final Map<K, Integer> conflicts = new ConcurrentHashMap<>();

    /** @param random source of jitter */
    public Deferrals(RandomGenerator random) {
        this.backoff = new Backoff(FIRST, LONGEST, random);
    }

    /** The delay after one more incomplete pass over the key. */
    public Duration delay(K key, Incomplete result) {
        return result instanceof Throttled throttled
                ? backoff.jittered(throttled.delay())
                : backoff.delay(conflicts.merge(key, 1, Integer::sum));
    }

    /** Resets the key's conflict backoff after a complete pass. */
    public void completed(K key) {
        conflicts.remove(key);
    }
}
