package dev.imagemirror.operator.claim;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Rate-limiting registries that are cooling down. Not thread-safe. */
final class CoolingRegistries {
    /**
     * A registry that is cooling down.
     *
     * @param until no job that reads from it or writes to it starts before
     */
    record Cooling(String registry, Instant until) {
        /** What a job that needs it is waiting for. */
        String why() {
            return registry + " is rate limiting; jobs that read from or write to it wait until " + until;
        }
    }

    private final Clock clock;
    private final Map<String, Instant> until = new HashMap<>();

    CoolingRegistries(Clock clock) {
        this.clock = clock;
    }

    /** Lets a registry cool down until then; never shortens a cool-down. */
    void add(String registry, Instant end) {
        until.merge(registry, end, (a, b) -> a.isAfter(b) ? a : b);
    }

    /** The first of these that is cooling down, if any. */
    Optional<Cooling> firstAmong(Collection<String> registries) {
        Instant now = clock.instant();
        until.values().removeIf(end -> !end.isAfter(now));
        return registries.stream()
                .filter(until::containsKey)
                .findFirst()
                .map(registry -> new Cooling(registry, until.getOrDefault(registry, now)));
    }
}
