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
 * How many jobs may be in flight: in all, and per source registry. Who comes when the limits are reached waits in line;
 * a job's end lets the first in line in that the limits allow. A registry that is rate limiting cools down: nothing that
 * reads from it or writes to it is let in meanwhile. Thread-safe.
 */
public final class Admission {
    /**
     * The limits.
     *
     * @param inFlight jobs in all
     * @param perRegistry jobs that read from one registry
     */
    public record Limits(int inFlight, int perRegistry) {}

    private final Limits limits;
    private final LiveClaims live;
    private final Consumer<EntryKey> call;
    private final AdmissionLine line;
    private final CoolingRegistries cooling;
    private final Map<EntryKey, String> entering = new HashMap<>();

    /** @param call has an entry worked soon whose turn it is */
    public Admission(Limits limits, LiveClaims live, Clock clock, Consumer<EntryKey> call) {
        this.limits = limits;
        this.live = live;
        this.call = call;
        this.line = new AdmissionLine(clock);
        this.cooling = new CoolingRegistries(clock);
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
        line.leave(key);
    }

    /** The registry is rate limiting: no job that reads from it or writes to it starts before {@code until}. */
    public synchronized void coolDown(String registry, Instant until) {
        cooling.add(registry, until);
    }

    /** Calls all that fit in; to be called now and then, since cool-downs end without an event. */
    public void callNext() {
        nextInLine().forEach(call);
    }

    /** In the order of the line; it is their turn now. */
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

    /** True if there is room, and nobody who could come in stands before the entry for the same registry. */
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

    /** Jobs in flight, and those whose place is kept. */
    private int inFlight() {
        return live.count() + line.turns() + entering.size();
    }

    private String whyFull(String registry) {
        return live.count() >= limits.inFlight()
                ? "limit of " + limits.inFlight() + " jobs in flight reached"
                : "limit of " + limits.perRegistry() + " jobs reading from " + registry + " at once reached";
    }
}
