package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.DriftCalculator;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.domain.JobVerdict;
import dev.imagemirror.operator.domain.MirrorEntry;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.NextStep;
import dev.imagemirror.operator.domain.Observation;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.SourceTag;
import dev.imagemirror.operator.engine.ReconcileResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One pass over one valid entry: follow its jobs, expand, observe, decide, copy, record. Used once. */
final class EntryPass {
    private static final Duration LIST_AGAIN = Duration.ofMinutes(1);
    private static final Duration COOL_DOWN = Duration.ofMinutes(1);

    private final Tools tools;
    private final MirrorRow row;
    private final MirrorEntry entry;
    private final EntryStatus summary;
    private final Nudges.Nudge nudge;
    private final Instant now;
    /** By destination: as it stands in the table. */
    private final Map<ImageReference, PairStatus> stored = new LinkedHashMap<>();
    /** By destination: as the pass leaves it. */
    private final Map<ImageReference, PairStatus> result = new LinkedHashMap<>();

    private final Map<PairStatus, Digest> drifted = new LinkedHashMap<>();
    private final Map<String, SourceTag> tags;
    private Duration wake;

    EntryPass(Tools tools, MirrorRow row, MirrorEntry entry, EntryRecords records, Nudges.Nudge nudge, Instant now) {
        this.tools = tools;
        this.row = row;
        this.entry = entry;
        this.summary = records.entry();
        this.nudge = nudge;
        this.now = now;
        this.tags = new HashMap<>(summary.tags());
        records.pairs().forEach(pair -> stored.put(pair.destination(), pair));
    }

    ReconcileResult run() {
        Map<ImageReference, Followed> jobs = tools.follower().follow(stored.values(), true);
        TagExpander.Expansion expansion = tools.expander().expand(entry);
        List<Pair> pairs = wanted(expansion);
        observe(pairs, jobs).forEach((pair, seen) -> decide(pair, seen, jobs.get(pair.destination())));
        pairs.stream()
                .map(pair -> jobs.get(pair.destination()))
                .filter(Followed.Live.class::isInstance)
                .forEach(live -> leaveCopying((Followed.Live) live));
        copy();
        result.forEach((destination, after) -> record(destination, after));
        retire(expansion, pairs);
        summarize(expansion);
        return ReconcileResult.requeueAfter(untilNextPass());
    }

    /** The pairs to look at; if the selection of tags gives none, those that are known. */
    private List<Pair> wanted(TagExpander.Expansion expansion) {
        if (expansion.isComplete()) {
            return expansion.pairs();
        }
        if (expansion.failure() != null) {
            wakeWithin(LIST_AGAIN);
        }
        return stored.values().stream().map(PairStatus::pair).toList();
    }

    private Map<Pair, Observation> observe(List<Pair> pairs, Map<ImageReference, Followed> jobs) {
        List<Pair> anew = new ArrayList<>();
        List<Pair> usual = new ArrayList<>();
        for (Pair pair : pairs) {
            Followed job = jobs.get(pair.destination());
            if (!(job instanceof Followed.Live)) {
                (nudge != Nudges.Nudge.NONE || job != null ? anew : usual).add(pair);
            }
        }
        boolean referrers = entry.options().referrers();
        Map<Pair, Observation> seen =
                new LinkedHashMap<>(tools.observer().observe(usual, referrers, DigestResolver.Freshness.OF_THIS_SWEEP));
        seen.putAll(tools.observer().observe(anew, referrers, DigestResolver.Freshness.OF_NOW));
        return seen;
    }

    private void decide(Pair pair, Observation seen, Followed job) {
        coolDownIfAsked(pair, seen);
        PairStatus before = ended(pair, seen, job);
        SourceTag tag = age(pair, seen);
        NextStep step = NextStep.of(
                before, seen, new NextStep.Circumstances(entry.options(), tag, nudge == Nudges.Nudge.TRY, now));
        PairState hindrance = hindrance(before, seen, step);
        PairState state = hindrance != null ? hindrance : step.state();
        PairStatus after = before.in(state, new PairStatus.Seen(seen.sourceDigest(), seen.destinationDigest()), now);
        result.put(pair.destination(), after);
        if (step.copy() && hindrance == null) {
            drifted.put(after, seen.sourceDigest());
        } else if (step.wakeAt() != null) {
            wakeWithin(Duration.between(now, step.wakeAt()));
        }
    }

    /** The pair as it is after its job, if one has ended; the claim is released when the pair is recorded. */
    private PairStatus ended(Pair pair, Observation seen, Followed job) {
        PairStatus known = job != null ? job.pair() : stored.get(pair.destination());
        PairStatus before = known == null ? PairStatus.fresh(entry.key(), pair) : known;
        stored.put(pair.destination(), before);
        PairStatus current = new PairStatus(
                before.entry(),
                pair,
                before.state(),
                before.seen(),
                before.times(),
                before.progress(),
                before.version());
        if (job instanceof Followed.Ended ended) {
            coolDownIfAsked(pair, ended.report());
            return new JobVerdict(ended.job(), ended.report(), tools.settings().startLimit(), tools.backoff(), now)
                    .on(current, seen);
        }
        return current;
    }

    /** How long the source tag has had its digest; null where that does not matter. */
    private SourceTag age(Pair pair, Observation seen) {
        String name = pair.source().tag();
        if (entry.options().minAge().isZero() || pair.source().digest() != null || seen.sourceDigest() == null) {
            return null;
        }
        SourceTag known = tags.get(name);
        SourceTag tag =
                known == null ? SourceTag.first(seen.sourceDigest(), now) : known.seenAt(seen.sourceDigest(), now);
        boolean mirrored = seen.sourceDigest().equals(seen.destinationDigest());
        boolean ripe = !tag.ripeAt(entry.options().minAge()).isAfter(now);
        tags.put(name, mirrored || ripe ? tag.accepted() : tag);
        return tags.get(name);
    }

    /** What forbids to copy the pair whatever its drift, or null. */
    private PairState hindrance(PairStatus before, Observation seen, NextStep step) {
        Drift drift = DriftCalculator.of(seen);
        if (tools.index().leadsBack(before.pair())) {
            return PairState.held(
                    drift,
                    Reason.CYCLE,
                    before.destination() + " leads back to " + before.pair().source()
                            + " by way of other entries; remove one of them");
        }
        if (before.isNew() || before.state().reason() == Reason.DESTINATION_CONFLICT) {
            EntryKey owner = tools.owners().own(before.destination(), entry.key());
            if (!owner.equals(entry.key())) {
                return ClaimedCopy.owned(before.in(PairState.idle(drift), before.seen(), now), owner);
            }
        }
        return step.copy() && seen.destination() instanceof Resolution.RepositoryMissing
                ? missingRepository(before, drift)
                : null;
    }

    private PairState missingRepository(PairStatus before, Drift drift) {
        String fault = tools.ports().repositories().create(before.destination());
        return fault == null ? null : PairState.held(drift, Reason.REPOSITORY_NOT_FOUND, fault);
    }

    private void coolDownIfAsked(Pair pair, Observation seen) {
        if (seen.source() instanceof Resolution.Unavailable unavailable && unavailable.throttled()) {
            Duration wait = longer(COOL_DOWN, unavailable.retryAfter());
            tools.admission().coolDown(pair.source().registry(), now.plus(wait));
        }
    }

    /** The job was asked for fewer requests by the source's registry, as its words say. */
    private void coolDownIfAsked(Pair pair, JobReport report) {
        JobReport.Outcome outcome = report == null ? null : report.of(pair.destination());
        String host = pair.source().wireHost().replaceFirst(":[0-9]+$", "");
        if (outcome != null && outcome.error() != null && outcome.error().contains(host + " answered 429")) {
            tools.admission().coolDown(pair.source().registry(), now.plus(COOL_DOWN));
        }
    }

    private void leaveCopying(Followed.Live live) {
        PairStatus pair = live.pair();
        stored.put(pair.destination(), pair);
        result.put(
                pair.destination(), pair.in(PairState.copying(pair.state().drift(), live.message()), pair.seen(), now));
        wakeWithin(live.wakeAfter());
    }

    /** Copies what has drifted, one source digest after another. */
    private void copy() {
        for (List<PairStatus> pairs : JobPlanner.jobs(drifted)) {
            Digest digest = drifted.get(pairs.get(0));
            List<PairStatus> free = pairs.stream().map(this::released).toList();
            ClaimedCopy.Result copy =
                    tools.copies().start(row, free, digest, entry.options().referrers());
            copy.held().forEach(pair -> result.put(pair.destination(), pair));
            copy.submitted().forEach(this::submitted);
        }
        if (drifted.isEmpty()) {
            tools.admission().leave(entry.key());
        }
    }

    /** The pair, its ended claim released in the table, so that a new one can be made. */
    private PairStatus released(PairStatus pair) {
        PairStatus before = stored.get(pair.destination());
        return before.claim() == null ? pair : record(pair.destination(), pair);
    }

    private void submitted(Followed job) {
        PairStatus pair = job.pair();
        stored.put(pair.destination(), pair);
        if (job instanceof Followed.Live live) {
            leaveCopying(live);
        } else {
            result.put(pair.destination(), pair);
            wakeWithin(Duration.between(now, pair.progress().retry().nextAttemptAt()));
        }
    }

    private PairStatus record(ImageReference destination, PairStatus after) {
        PairStatus before = stored.get(destination);
        PairStatus written = tools.recorder().record(before, after);
        if (before.claim() != null && after.claim() == null) {
            tools.ages().forget(before.claim().id());
            tools.admission().ended(before.claim().id());
        }
        stored.put(destination, written);
        return written;
    }

    /** Pairs that the entry no longer has. */
    private void retire(TagExpander.Expansion expansion, List<Pair> pairs) {
        if (!expansion.isComplete()) {
            return;
        }
        Map<ImageReference, PairStatus> unwanted = new LinkedHashMap<>(stored);
        pairs.forEach(pair -> unwanted.remove(pair.destination()));
        if (!unwanted.isEmpty()) {
            Duration wait = tools.retirement().retire(unwanted.values());
            if (wait != null) {
                wakeWithin(wait);
            }
        }
    }

    private void summarize(TagExpander.Expansion expansion) {
        tags.keySet()
                .retainAll(result.values().stream()
                        .map(pair -> String.valueOf(pair.pair().source().tag()))
                        .toList());
        EntryStatus.Summary news = EntrySummary.of(entry.ownership().revision(), expansion, result.values());
        tools.recorder().record(summary, new EntryStatus(entry.key(), news, tags, now, summary.version()));
    }

    private static Duration longer(Duration least, Duration asked) {
        return asked == null || asked.compareTo(least) < 0 ? least : asked;
    }

    private Duration untilNextPass() {
        Duration interval = entry.options().interval() == null
                ? tools.settings().interval()
                : entry.options().interval();
        Duration next = Schedule.untilNext(entry.key(), interval, now);
        return wake != null && wake.compareTo(next) < 0 ? wake : next;
    }

    private void wakeWithin(Duration wait) {
        Duration positive = wait.isNegative() ? Duration.ZERO : wait;
        if (wake == null || positive.compareTo(wake) < 0) {
            wake = positive;
        }
    }
}
