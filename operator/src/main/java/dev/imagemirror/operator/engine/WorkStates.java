package dev.imagemirror.operator.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state of each key of a {@link WorkQueue}: ready, processing, to be processed again, or planned. Instants are nano
 * ticks. Not thread-safe.
 */
final class WorkStates<K> {
    /** Ready keys, oldest first, with the instant at which each became ready. */
    private final Map<K, Long> ready = new LinkedHashMap<>();

    /** Keys being processed, with the nanoseconds each had waited. */
    private final Map<K, Long> processing = new HashMap<>();
    /** The keys of {@link #processing} to process once more. */
    private final Set<K> again = new HashSet<>();

    private final PlannedKeys<K> planned = new PlannedKeys<>();

    /** Makes the key ready, or marks it for another run if it is being processed; true if it became ready. */
    boolean add(K key, long now) {
        planned.remove(key);
        if (processing.containsKey(key)) {
            again.add(key);
            return false;
        }
        return ready.putIfAbsent(key, now) == null;
    }

    /** Plans the key, unless it is ready or planned for earlier. */
    void plan(K key, long due) {
        if (!ready.containsKey(key)) {
            planned.plan(key, due);
        }
    }

    /** Makes due keys ready; true if there were any. */
    boolean addDue(long now) {
        boolean isAnyReady = false;
        for (Optional<K> key = planned.pollDue(now); key.isPresent(); key = planned.pollDue(now)) {
            isAnyReady |= add(key.get(), now);
        }
        return isAnyReady;
    }

    /** Starts processing the oldest ready key, if any. */
    Optional<K> begin(long now) {
        Iterator<Map.Entry<K, Long>> oldest = ready.entrySet().iterator();
        if (!oldest.hasNext()) {
            return Optional.empty();
        }
        Map.Entry<K, Long> next = oldest.next();
        K key = next.getKey();
        processing.put(key, now - next.getValue());
        oldest.remove();
        return Optional.of(key);
    }

    /** Ends the processing of a key; true if it is to be processed again. */
    boolean end(K key) {
        return processing.remove(key) != null && again.remove(key);
    }

    /** True if no key is ready, being processed or planned. */
    boolean isEmpty() {
        return ready.isEmpty() && processing.isEmpty() && planned.isEmpty();
    }

    /** All keys that are ready, being processed or planned. */
    Set<K> keys() {
        Set<K> keys = new HashSet<>(ready.keySet());
        keys.addAll(processing.keySet());
        keys.addAll(planned.keys());
        return keys;
    }

    int readyCount() {
        return ready.size();
    }

    int plannedCount() {
        return planned.size();
    }

    /** How long the oldest ready key has been ready; zero if there is none. */
    Duration oldestReady(long now) {
        Iterator<Long> since = ready.values().iterator();
        return since.hasNext() ? Duration.ofNanos(now - since.next()) : Duration.ZERO;
    }

    /** How long a key in processing had waited for it. */
    Duration waited(K key) {
        return Duration.ofNanos(processing.getOrDefault(key, 0L));
    }

    /** Time until the first planned key is due; {@code longest} if none is planned. */
    long nanosToFirstPlan(long now, long longest) {
        return planned.isEmpty() ? longest : planned.nanosToFirst(now);
    }
}
