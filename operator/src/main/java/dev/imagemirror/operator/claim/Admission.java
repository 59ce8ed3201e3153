package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.claim.AdmissionLine.Waiting;
import dev.imagemirror.operator.claim.CoolingRegistries.Cooling;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Limits the jobs in flight, in total and per source registry. Once a limit is reached, entries queue up; when a job
 * ends, the first entry that fits the limits is admitted. A rate-limiting registry cools down: no job that reads from
 * it or writes to it is admitted meanwhile. Thread-safe.
 */
public final class Admission {
    /**
     * The limits.
     *
     * @param inFlight jobs in total
     * @param perRegistry jobs that read from one registry
     */
    public record Limits(int inFlight, int perRegistry) {}

    private final Limits limits;
    private final LiveClaims live;
    private final Consumer<EntryKey> call;
    private final AdmissionLine line;
    private final CoolingRegistries cooling;
    private final Map<EntryKey, String> entering = new HashMap<>();

    /** @param call enqueues an entry whose turn it is */
    public Admission(Limits limits, LiveClaims live, Clock clock, Consumer<EntryKey> call) {
        this.limits = limits;
        this.live = live;
        this.call = call;
        this.line = new AdmissionLine(clock);
        this.cooling = new CoolingRegistries(clock);
    }

    /** The state of a pair that no gate holds, until a job is requested for it. */
    public static PairState ahead(Drift drift) {
        return PairState.held(drift, Reason.ADMISSION, "ready to copy");
    }

    /**
     * Requests admission of a job. If admitted, {@link #claimed} or {@link #turnBack} must follow.
     *
     * @param registry the registry it reads from
     * @param destinations the registries it writes to
     */
    synchronized AdmissionAnswer ask(EntryKey key, String registry, Set<String> destinations) {
        line.forgetMissedTurns();
        boolean isTheirTurn = line.endTurn(key, registry);
        Waiting waiting = new Waiting(key, registry, destinations);
        Optional<Cooling> cools = cooling.firstAmong(waiting.registries());
        if (cools.isEmpty() && (isTheirTurn || isFirst(key, registry))) {
            line.leave(key);
            entering.put(key, registry);
            return new AdmissionAnswer.Admitted();
        }
        String why = cools.map(Cooling::why).orElseGet(() -> whyFull(registry));
        return new AdmissionAnswer.Queued(line.join(waiting), why);
    }

    /** The admitted job has its claim. */
    synchronized void claimed(PairStatus pair) {
        live.add(pair);
        entering.remove(pair.entry());
    }

    /** The admitted job got no claim. */
    void turnBack(EntryKey key) {
        synchronized (this) {
            entering.remove(key);
        }
        callNext();
    }

    /** Synchronizes with all items of an entry, as stored in the table. */
    public void sync(EntryKey key, Collection<PairStatus> pairs) {
        live.sync(key, pairs);
    }

    /** A claim has ended, which makes room for another job. */
    void ended(String claimId) {
        live.remove(claimId);
        callNext();
    }

    /** The entry no longer waits. */
    public synchronized void leave(EntryKey key) {
        line.leave(key);
    }

    /** The registry is rate limiting: no job that reads from it or writes to it starts before {@code until}. */
    public synchronized void coolDown(String registry, Instant until) {
        cooling.add(registry, until);
    }

    /** Calls every entry that fits the limits; must be called periodically, since cool-downs end without an event. */
    public void callNext() {
        nextInLine().forEach(call);
    }

    /** The entries whose turn it is now, in queue order. */
    private synchronized List<EntryKey> nextInLine() {
        line.forgetMissedTurns();
        List<EntryKey> next = new ArrayList<>();
        Set<String> full = new HashSet<>();
        for (Waiting waiting : line.uncalled()) {
            if (inFlight() >= limits.inFlight()) {
                break;
            }
            if (full.contains(waiting.registry()) || isCooling(waiting)) {
                continue;
            }
            if (isFree(waiting.registry())) {
                line.call(waiting);
                next.add(waiting.key());
            } else {
                full.add(waiting.registry());
            }
        }
        return next;
    }

    /** True if there is room, and no eligible entry is ahead of this one for the same registry. */
    private boolean isFirst(EntryKey key, String registry) {
        return isFree(registry)
                && !line.isAnyBefore(key, waiting -> waiting.registry().equals(registry) && !isCooling(waiting));
    }

    private boolean isCooling(Waiting waiting) {
        return cooling.firstAmong(waiting.registries()).isPresent();
    }

    private boolean isFree(String registry) {
        long comingIn = line.turns(registry)
                + entering.values().stream().filter(registry::equals).count();
        return inFlight() < limits.inFlight() && live.count(registry) + comingIn < limits.perRegistry();
    }

    /** The number of jobs in flight, including reserved slots. */
    private int inFlight() {
        return live.count() + line.turns() + entering.size();
    }

    private String whyFull(String registry) {
        return live.count() >= limits.inFlight()
                ? "limit of " + limits.inFlight() + " jobs in flight reached"
                : "limit of " + limits.perRegistry() + " jobs reading from " + registry + " at once reached";
    }
}
