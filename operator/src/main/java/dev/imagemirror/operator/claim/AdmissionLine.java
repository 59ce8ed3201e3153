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

/** The queue of entries that wait for a job, first come first served, and those whose turn it is. Not thread-safe. */
final class AdmissionLine {
    /** An entry that was called and does not come within this time loses its turn and its place. */
    private static final int TURN_SECONDS = 60;

    /**
     * A waiting entry.
     *
     * @param registry the registry its job reads from
     * @param destinations the registries it writes to
     */
    record Waiting(EntryKey key, String registry, Set<String> destinations) {
        /** All registries the job needs, the source's first. */
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

    /** Appends an entry to the queue unless it is already in it; returns its place, from 1. */
    int join(Waiting waiting) {
        line.put(waiting.key(), waiting);
        return List.copyOf(line.keySet()).indexOf(waiting.key()) + 1;
    }

    void leave(EntryKey key) {
        line.remove(key);
        turns.remove(key);
    }

    /** All waiting entries that have not been called, in order. */
    Iterable<Waiting> uncalled() {
        return () -> line.values().stream()
                .filter(waiting -> !turns.containsKey(waiting.key()))
                .iterator();
    }

    /** True if an uncalled entry that matches is ahead of this one; an entry not in the queue comes last. */
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

    /** Gives the entry its turn, for a limited time. */
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

    /** An entry that missed its turn also leaves the queue, or it would be called over and over while others wait. */
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
