package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.claim.JobOutcome;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.decision.Observation;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.reconcile.TagExpander.Expansion;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one pass over one entry has read, found and done so far; each step adds to it. Single use, single thread. */
final class PassState {
    private final ValidatedRow.Valid loaded;
    private final ReconcileHints.Hint hint;
    private final TagAges ages;
    private final PassPairs statuses = new PassPairs();
    private final WakeUp wake = new WakeUp();
    private final Map<Pair, Observation> observations = new LinkedHashMap<>();
    private final Set<String> notices = new LinkedHashSet<>();
    private @Nullable Expansion expansion;
    private List<Pair> pairs = List.of();
    private Map<ImageReference, JobOutcome> jobs = Map.of();

    PassState(ValidatedRow.Valid loaded, ReconcileHints.Hint hint) {
        this.loaded = loaded;
        this.hint = isEdited(loaded.at()) ? ReconcileHints.Hint.TRY : hint;
        EntryRecords records = loaded.at().records();
        this.ages =
                new TagAges(loaded.entry(), records.entry().tags(), loaded.at().now());
        records.pairs().forEach(statuses::stands);
    }

    /** Decided from the row alone, since no event may tell of an edit: one-shot runs, a lost change event. */
    private static boolean isEdited(LoadedRow.Present at) {
        String known = at.records().entry().summary().row().fingerprint();
        return known != null && !known.equals(at.row().fingerprint());
    }

    MirrorRow row() {
        return loaded.at().row();
    }

    MirrorEntry entry() {
        return loaded.entry();
    }

    /** The summary as stored. */
    EntryStatus summary() {
        return loaded.at().records().entry();
    }

    EntryRecords.Refused refused() {
        return loaded.at().records().refused();
    }

    Instant now() {
        return loaded.at().now();
    }

    /** True if failures are to be ignored. */
    boolean triesAll() {
        return hint == ReconcileHints.Hint.TRY;
    }

    /** How fresh the registries' responses must be. */
    Freshness freshness() {
        return hint != ReconcileHints.Hint.NONE ? Freshness.FRESH : Freshness.CACHED;
    }

    /** Sets the entry's pairs. */
    void expanded(Expansion.Complete into) {
        if (!into.notice().isEmpty()) {
            notices.add(into.notice());
        }
        looksAt(into, into.pairs());
    }

    /** The entry's pairs are unknown: uses those in the table. */
    void unexpanded(Expansion failure) {
        looksAt(failure, statuses.stored().stream().map(PairStatus::pair).toList());
    }

    /** Leaves out rejected pairs. */
    private void looksAt(Expansion result, List<Pair> wanted) {
        Set<ImageReference> left =
                refused().pairs().stream().map(PairStatus::identity).collect(Collectors.toSet());
        expansion = result;
        pairs = wanted.stream().filter(pair -> !left.contains(pair.identity())).toList();
    }

    Expansion expansion() {
        return Objects.requireNonNull(expansion, "expanding comes first");
    }

    /** The pairs to observe. */
    List<Pair> pairs() {
        return pairs;
    }

    void followed(Map<ImageReference, JobOutcome> outcomes) {
        jobs = outcomes;
    }

    /** The outcome of claims, by destination identity. */
    Map<ImageReference, JobOutcome> jobs() {
        return jobs;
    }

    /** The outcome of the pair's claim, if it had one. */
    Optional<JobOutcome> job(Pair pair) {
        return Optional.ofNullable(jobs.get(pair.identity()));
    }

    void observed(PairObserver.Seen seen) {
        observations.putAll(seen.pairs());
        seen.pairs().forEach(ages::see);
        notices.addAll(seen.notices());
    }

    /** Oddities of lists that were read. */
    Set<String> notices() {
        return notices;
    }

    Map<Pair, Observation> observations() {
        return observations;
    }

    TagAges ages() {
        return ages;
    }

    /** The pairs' statuses. */
    PassPairs statuses() {
        return statuses;
    }

    /** The pair's job is still running. */
    void leavesCopying(JobOutcome.Live live) {
        PairStatus pair = live.pair();
        statuses.stands(pair);
        statuses.leaves(pair.in(PairState.copying(pair.state().drift(), live.message()), pair.seen(), now()));
        wakeWithin(live.wakeAfter());
    }

    void wakeWithin(Duration wait) {
        wake.within(wait);
    }

    /** When the next pass is due: at its turn, or earlier. */
    Duration wakeOr(Duration turn) {
        return wake.atLatest(turn);
    }
}
