package dev.imagemirror.operator.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keys planned for later, each once, at the earliest requested instant. Instants are nano ticks: they may overflow and
 * are compared by difference. Not thread-safe.
 */
final class PlannedKeys<K> {
    private final Map<K, Plan<K>> byKey = new HashMap<>();
    private final TreeSet<Plan<K>> byTime = new TreeSet<>(Plan.order());
    private long plans;

    private record Plan<K>(K key, long due, long number) {
        static <K> Comparator<Plan<K>> order() {
            Comparator<Plan<K>> byDue = (one, other) -> Long.signum(one.due - other.due);
            return byDue.thenComparingLong(Plan::number);
        }
    }

    /** Plans the key, unless it is already planned for an earlier instant. */
    void plan(K key, long due) {
        Plan<K> before = byKey.get(key);
        if (before == null || due - before.due < 0) {
            remove(key);
            Plan<K> plan = new Plan<>(key, due, plans++);
            byKey.put(key, plan);
            byTime.add(plan);
        }
    }

    /** Removes the key's plan, if any. */
    void remove(K key) {
        Plan<K> plan = byKey.remove(key);
        if (plan != null) {
            byTime.remove(plan);
        }
    }

    /** Removes and returns the earliest key, if it is due. */
    Optional<K> pollDue(long now) {
        if (byTime.isEmpty() || byTime.first().due - now > 0) {
            return Optional.empty();
        }
        K key = byTime.first().key;
        remove(key);
        return Optional.of(key);
    }

    boolean isEmpty() {
        return byTime.isEmpty();
    }

    /** Time until the earliest key is due; requires that there is one. */
    long nanosToFirst(long now) {
        return Math.max(0, byTime.first().due - now);
    }

    Set<K> keys() {
        return Set.copyOf(byKey.keySet());
    }

    int size() {
        return byTime.size();
    }
}
