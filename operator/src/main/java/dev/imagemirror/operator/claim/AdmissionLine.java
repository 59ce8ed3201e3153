package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.EntryKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Entries that wait for a job, in the order in which they came, and those whose turn it is. Not thread-safe. */
final class AdmissionLine {
    /** An entry that was called and did not come within so many seconds loses its turn and its place. */
    private static final int TURN_SECONDS = 60;

    /**
     * One that waits.
     *
     * @param registry that its job reads from
     * @param destinations registries that it writes to
     */
    record Waiting(EntryKey key, String registry, Set<String> destinations) {
        /** All registries that the job would ask, the source's first. */
        List<String> registries() {
            return Stream.concat(Stream.of(registry), destinations.stream()).toList();
        }
    }

    private record Turn(String registry, Instant ends) {}

    private final Clock clock;
    private final Map<EntryKey, Waiting> line = new LinkedHashMap<>();
    private final Map<EntryKey, Turn> turns = new HashMap<>();

    AdmissionLine(Clock clock) {
        this.clock = clock;
    }

    /** Puts an entry at the end of the line, unless it has a place already; gives the place, from 1. */
    int join(Waiting waiting) {
        line.put(waiting.key(), waiting);
        return List.copyOf(line.keySet()).indexOf(waiting.key()) + 1;
    }

    void leave(EntryKey key) {
        line.remove(key);
        turns.remove(key);
    }

    /** All that wait and have not been called, in their order. */
    Iterable<Waiting> uncalled() {
        return () -> line.values().stream()
                .filter(waiting -> !turns.containsKey(waiting.key()))
                .iterator();
    }

    /** True if somebody uncalled who fits the condition stands before the entry; whoever is not in the line comes last. */
    boolean isAnyBefore(EntryKey key, Predicate<Waiting> condition) {
        for (Waiting waiting : line.values()) {
            if (waiting.key().equals(key)) {
                return false;
            }
            if (!turns.containsKey(waiting.key()) && condition.test(waiting)) {
                return true;
            }
        }
        return false;
    }

    /** It is the entry's turn for a while. */
    void call(Waiting waiting) {
        turns.put(waiting.key(), new Turn(waiting.registry(), clock.instant().plusSeconds(TURN_SECONDS)));
    }

    /** Ends the entry's turn; true if it had one for this registry. */
    boolean endTurn(EntryKey key, String registry) {
        Turn turn = turns.remove(key);
        return turn != null && turn.registry().equals(registry);
    }

    int turns() {
        return turns.size();
    }

    int turns(String registry) {
        return (int) turns.values().stream()
                .filter(turn -> turn.registry().equals(registry))
                .count();
    }

    /** Who missed a turn leaves the line too, else it would be called again and again while the others wait. */
    void forgetMissedTurns() {
        Instant now = clock.instant();
        List<EntryKey> missed = new ArrayList<>();
        turns.forEach((key, turn) -> {
            if (!turn.ends().isAfter(now)) {
                missed.add(key);
            }
        });
        missed.forEach(this::leave);
    }
}
