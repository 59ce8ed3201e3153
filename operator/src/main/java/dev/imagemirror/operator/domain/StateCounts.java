package dev.imagemirror.operator.domain;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Number of pairs or entries in each state. Immutable.
 *
 * @param byState worst first; zero counts omitted
 */
public record StateCounts(Map<SyncState, Integer> byState) {
    /** No pairs or entries. */
    public static final StateCounts NONE = new StateCounts(Map.of());

    /** Copies the map; most have a single state. */
    public StateCounts {
        byState = byState.size() < 2 ? Map.copyOf(byState) : Collections.unmodifiableMap(new EnumMap<>(byState));
    }

    /** Counts states. */
    public static StateCounts of(Stream<SyncState> states) {
        Map<SyncState, Integer> counts = new EnumMap<>(SyncState.class);
        states.forEach(state -> counts.merge(state, 1, Integer::sum));
        return new StateCounts(counts);
    }

    /** Counts pairs. */
    public static StateCounts of(Collection<PairStatus> pairs) {
        return of(pairs.stream().map(pair -> pair.state().syncState()));
    }

    /** Number in this state. */
    public int of(SyncState state) {
        return byState.getOrDefault(state, 0);
    }

    /** These counts without one state. */
    public StateCounts without(SyncState state) {
        Map<SyncState, Integer> others = new EnumMap<>(SyncState.class);
        others.putAll(byState);
        others.remove(state);
        return new StateCounts(others);
    }

    public boolean isEmpty() {
        return byState.isEmpty();
    }

    /** Total over all states. */
    public int total() {
        return byState.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Counts by state word. */
    public Map<String, Integer> byWord() {
        Map<String, Integer> words = new LinkedHashMap<>();
        byState.forEach((state, count) -> words.put(state.word(), count));
        return words;
    }

    /** Such as {@code 1 Blocked, 3 InSync}. */
    public String text() {
        return byState.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().word())
                .collect(Collectors.joining(", "));
    }
}
