package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.Digest;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What one pass over one entry has read, found and done so far; each step adds to it. Used once, by one thread. */
final class PassState {
    private final LoadedRow.Valid loaded;
    private final ReconcileHints.Nudge nudge;
    private final TagAges ages;
    /** By the destination's identity: as it stands in the table. */
    private final Map<ImageReference, PairStatus> stored = new LinkedHashMap<>();
    /** By the destination's identity: as the pass leaves it. */
    private final Map<ImageReference, PairStatus> result = new LinkedHashMap<>();

    private final Map<PairStatus, Digest> drifted = new LinkedHashMap<>();
    private TagExpander.Expansion expansion;
    private List<Pair> pairs = List.of();
    private Map<ImageReference, JobOutcome> jobs = Map.of();
    private final Map<Pair, Observation> observations = new LinkedHashMap<>();
    private final Set<String> notices = new LinkedHashSet<>();
    private Duration wake;

    PassState(LoadedRow.Valid loaded, ReconcileHints.Nudge nudge) {
        this.loaded = loaded;
        this.nudge = isEdited(loaded.at()) ? ReconcileHints.Nudge.TRY : nudge;
        this.ages = new TagAges(loaded.entry(), summary().tags(), now());
        records().pairs().forEach(this::stands);
    }

    /** Seen by the row alone, since an edit may be heard of by nobody: runs that end, a change event that was lost. */
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

    /** The summary as it stands in the table. */
    EntryStatus summary() {
        return records().entry();
    }

    EntryRecords.Refused refused() {
        return records().refused();
    }

    private EntryRecords records() {
        return loaded.at().records();
    }

    Instant now() {
        return loaded.at().now();
    }

    /** True if failures are forgotten. */
    boolean triesAll() {
        return nudge == ReconcileHints.Nudge.TRY;
    }

    /** How old the registries' answers may be. */
    Freshness freshness() {
        return nudge != ReconcileHints.Nudge.NONE ? Freshness.FRESH : Freshness.CACHED;
    }

    /** @param wanted the pairs to look at; those that are refused are left out */
    void expanded(TagExpander.Expansion into, List<Pair> wanted) {
        Set<ImageReference> left =
                refused().pairs().stream().map(PairStatus::identity).collect(Collectors.toSet());
        expansion = into;
        if (!into.notice().isEmpty()) {
            notices.add(into.notice());
        }
        pairs = wanted.stream().filter(pair -> !left.contains(pair.identity())).toList();
    }

    TagExpander.Expansion expansion() {
        return expansion;
    }

    /** The pairs to look at. */
    List<Pair> pairs() {
        return pairs;
    }

    void followed(Map<ImageReference, JobOutcome> outcomes) {
        jobs = outcomes;
    }

    /** What became of claims, by the destination's identity. */
    Map<ImageReference, JobOutcome> jobs() {
        return jobs;
    }

    /** What became of the pair's claim, or null if it had none. */
    JobOutcome job(Pair pair) {
        return jobs.get(pair.identity());
    }

    void observed(PairObserver.Seen seen) {
        observations.putAll(seen.pairs());
        seen.pairs().forEach(ages::see);
        notices.addAll(seen.notices());
    }

    /** What is odd about lists that were read. */
    Set<String> notices() {
        return notices;
    }

    Map<Pair, Observation> observations() {
        return observations;
    }

    TagAges ages() {
        return ages;
    }

    /** Notes a pair as it stands in the table. */
    void stands(PairStatus pair) {
        stored.put(pair.identity(), pair);
    }

    /** The pairs as they stand in the table, those that are no longer wanted too. */
    Collection<PairStatus> stored() {
        return stored.values();
    }

    /** The pair as it stands in the table, or null if it was never looked at. */
    PairStatus stored(ImageReference identity) {
        return stored.get(identity);
    }

    /** Notes a pair as the pass leaves it. */
    void leaves(PairStatus pair) {
        result.put(pair.identity(), pair);
    }

    /** The pair's job goes on. */
    void leavesCopying(JobOutcome.Live live) {
        PairStatus pair = live.pair();
        stands(pair);
        leaves(pair.in(PairState.copying(pair.state().drift(), live.message()), pair.seen(), now()));
        wakeWithin(live.wakeAfter());
    }

    /** The pairs as the pass leaves them. */
    Collection<PairStatus> result() {
        return result.values();
    }

    /** The pair is to be copied from this digest. */
    void drifts(PairStatus pair, Digest source) {
        drifted.put(pair, source);
    }

    /** What is to be copied, with the source digest. */
    Map<PairStatus, Digest> drifted() {
        return drifted;
    }

    void wakeWithin(Duration wait) {
        Duration positive = wait.isNegative() ? Duration.ZERO : wait;
        if (wake == null || positive.compareTo(wake) < 0) {
            wake = positive;
        }
    }

    /** When the next pass has to come: at its turn, or earlier. */
    Duration wakeOr(Duration turn) {
        return wake != null && wake.compareTo(turn) < 0 ? wake : turn;
    }
}
