package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How many jobs may be in flight: in all, and per source registry. Who comes when the limits are reached waits in line;
 * a job's end lets the first in line in that the limits allow. A registry that asked for less cools down: nothing that
 * reads from it or writes to it is let in meanwhile. Thread-safe.
 */
public final class Admission {
    /** An entry that was called and did not come within so many seconds loses its turn and its place. */
    private static final int TURN_SECONDS = 60;

    /**
     * The limits.
     *
     * @param inFlight jobs in all
     * @param perRegistry jobs that read from one registry
     */
    public record Limits(int inFlight, int perRegistry) {}

    /**
     * An answer.
     *
     * @param place 0 if admitted, else the place in line
     * @param why what is waited for; empty if admitted
     */
    public record Answer(int place, String why) {
        boolean isAdmitted() {
            return place == 0;
        }

        /** The state of a pair that has to wait. */
        PairState state(Drift drift) {
            return PairState.held(drift, Reason.ADMISSION, "queued (position " + place + "): " + why);
        }
    }

    private record Turn(String registry, Instant ends) {}

    /** @param destinations registries that the job would write to */
    private record Waiting(String registry, Set<String> destinations) {}

    private final Limits limits;
    private final LiveClaims live;
    private final Clock clock;
    private final Consumer<EntryKey> call;
    private final Map<EntryKey, Waiting> line = new LinkedHashMap<>();
    private final Map<EntryKey, Turn> turns = new HashMap<>();
    private final Map<EntryKey, String> entering = new HashMap<>();
    private final Map<String, Instant> coolDowns = new HashMap<>();

    /** @param call has an entry worked soon whose turn it is */
    public Admission(Limits limits, LiveClaims live, Clock clock, Consumer<EntryKey> call) {
        this.limits = limits;
        this.live = live;
        this.clock = clock;
        this.call = call;
    }

    /** The state of a pair that nothing hinders, until its job is asked for. */
    public static PairState ahead(Drift drift) {
        return PairState.held(drift, Reason.ADMISSION, "ready to copy");
    }

    /**
     * May one more job of this entry start? If so, {@link #claimed} or {@link #turnBack} has to follow.
     *
     * @param registry that it reads from
     * @param destinations registries that it writes to
     */
    synchronized Answer ask(EntryKey key, String registry, Set<String> destinations) {
        forgetMissedTurns();
        Turn turn = turns.remove(key);
        boolean isTheirTurn = turn != null && turn.registry().equals(registry);
        Waiting waiting = new Waiting(registry, destinations);
        String cooling = cooling(waiting);
        if (cooling == null && (isTheirTurn || isFirst(key, registry))) {
            line.remove(key);
            entering.put(key, registry);
            return new Answer(0, "");
        }
        line.put(key, waiting);
        return new Answer(place(key), cooling != null ? whyCooling(cooling) : why(registry));
    }

    /** The job that was let in has its claim. */
    synchronized void claimed(PairStatus pair) {
        live.add(pair);
        entering.remove(pair.entry());
    }

    /** The job that was let in got no claim. */
    void turnBack(EntryKey key) {
        synchronized (this) {
            entering.remove(key);
        }
        callNext();
    }

    /** These are all items of an entry, as they stand in the table. */
    public void sync(EntryKey key, Collection<PairStatus> pairs) {
        live.sync(key, pairs);
    }

    /** A claim has ended: somebody else may come in. */
    void ended(String claimId) {
        live.remove(claimId);
        callNext();
    }

    /** The entry does not wait any more. */
    public synchronized void leave(EntryKey key) {
        line.remove(key);
        turns.remove(key);
    }

    /** The registry asked for fewer requests: no job that reads from it or writes to it starts before {@code until}. */
    public synchronized void coolDown(String registry, Instant until) {
        coolDowns.merge(registry, until, (a, b) -> a.isAfter(b) ? a : b);
    }

    /** Calls all that fit in; to be called now and then, since cool-downs end without an event. */
    public void callNext() {
        List<EntryKey> next = new ArrayList<>(); // in the order of the line
        synchronized (this) {
            forgetMissedTurns();
            Set<String> full = new HashSet<>();
            for (Map.Entry<EntryKey, Waiting> waiting : line.entrySet()) {
                String registry = waiting.getValue().registry();
                if (inFlight() >= limits.inFlight()) {
                    break;
                }
                boolean called = turns.containsKey(waiting.getKey());
                if (called || full.contains(registry) || cooling(waiting.getValue()) != null) {
                    continue;
                }
                if (!isFree(registry)) {
                    full.add(registry);
                    continue;
                }
                turns.put(waiting.getKey(), new Turn(registry, clock.instant().plusSeconds(TURN_SECONDS)));
                next.add(waiting.getKey());
            }
        }
        next.forEach(call);
    }

    /** True if there is room, and nobody who could come in stands before the entry for the same registry. */
    private boolean isFirst(EntryKey key, String registry) {
        for (Map.Entry<EntryKey, Waiting> waiting : line.entrySet()) {
            if (waiting.getKey().equals(key)) {
                return isFree(registry);
            }
            boolean couldCome = !turns.containsKey(waiting.getKey()) && cooling(waiting.getValue()) == null;
            if (couldCome && waiting.getValue().registry().equals(registry)) {
                return false;
            }
        }
        return isFree(registry);
    }

    private boolean isFree(String registry) {
        long comingIn = turns.values().stream()
                        .map(Turn::registry)
                        .filter(registry::equals)
                        .count()
                + entering.values().stream().filter(registry::equals).count();
        return inFlight() < limits.inFlight() && live.count(registry) + comingIn < limits.perRegistry();
    }

    /** Jobs in flight, and those whose place is kept. */
    private int inFlight() {
        return live.count() + turns.size() + entering.size();
    }

    private boolean isCooling(String registry) {
        Instant until = coolDowns.get(registry);
        if (until == null) {
            return false;
        }
        if (until.isAfter(clock.instant())) {
            return true;
        }
        coolDowns.remove(registry);
        return false;
    }

    /** The first of the registries that cools down, or null. */
    private String cooling(Waiting waiting) {
        return Stream.concat(Stream.of(waiting.registry()), waiting.destinations().stream())
                .filter(this::isCooling)
                .findFirst()
                .orElse(null);
    }

    /** Who missed a turn leaves the line too, else it would be called again and again while the others wait. */
    private void forgetMissedTurns() {
        Instant now = clock.instant();
        turns.entrySet().removeIf(turn -> {
            boolean isMissed = !turn.getValue().ends().isAfter(now);
            if (isMissed) {
                line.remove(turn.getKey());
            }
            return isMissed;
        });
    }

    private int place(EntryKey key) {
        int place = 1;
        for (EntryKey waiting : line.keySet()) {
            if (waiting.equals(key)) {
                break;
            }
            place++;
        }
        return place;
    }

    private String whyCooling(String registry) {
        return registry + " is rate limiting; jobs that read from or write to it wait until " + coolDowns.get(registry);
    }

    private String why(String registry) {
        return live.count() >= limits.inFlight()
                ? "limit of " + limits.inFlight() + " jobs in flight reached"
                : "limit of " + limits.perRegistry() + " jobs reading from " + registry + " at once reached";
    }
}
