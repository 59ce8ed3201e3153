package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.claim.ClaimedCopy;
import dev.imagemirror.operator.claim.Followed;
import dev.imagemirror.operator.claim.JobPlanner;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.decision.JobVerdict;
import dev.imagemirror.operator.domain.decision.NextStep;
import dev.imagemirror.operator.domain.decision.Observation;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.operator.port.EntryRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** One pass over one valid entry: follow its jobs, expand, observe, decide, copy, record. Used once. */
final class EntryPass {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Duration COOL_DOWN = Duration.ofMinutes(1);

    private final Tools tools;
    private final MirrorRow row;
    private final MirrorEntry entry;
    private final EntryStatus summary;
    private final EntryRecords.Refused refused;
    private final Nudges.Nudge nudge;
    private final Instant now;
    /** By the destination's identity: as it stands in the table. */
    private final Map<ImageReference, PairStatus> stored = new LinkedHashMap<>();
    /** By the destination's identity: as the pass leaves it. */
    private final Map<ImageReference, PairStatus> result = new LinkedHashMap<>();

    private final Map<PairStatus, Digest> drifted = new LinkedHashMap<>();
    private final TagAges ages;
    private Duration wake;

    EntryPass(Tools tools, MirrorRow row, MirrorEntry entry, EntryRecords records, Nudges.Nudge nudge, Instant now) {
        this.tools = tools;
        this.row = row;
        this.entry = entry;
        this.summary = records.entry();
        this.refused = records.refused();
        this.nudge = nudge;
        this.now = now;
        this.ages = new TagAges(entry, summary.tags(), now);
        records.pairs().forEach(pair -> stored.put(pair.identity(), pair));
    }

    ReconcileResult run() {
        TagExpander.Expansion expansion =
                tools.expander().expand(entry, nudge != Nudges.Nudge.NONE ? Freshness.OF_NOW : Freshness.OF_THIS_SWEEP);
        List<Pair> pairs = withoutRefused(wanted(expansion));
        Map<ImageReference, Followed> jobs =
                tools.follower().follow(stored.values(), claimed -> areWanted(claimed, pairs));
        Map<Pair, Observation> observations = observe(pairs, jobs);
        observations.forEach(ages::see);
        observations.forEach((pair, seen) -> decide(pair, seen, jobs.get(pair.identity())));
        pairs.stream()
                .map(pair -> jobs.get(pair.identity()))
                .filter(Followed.Live.class::isInstance)
                .forEach(live -> leaveCopying((Followed.Live) live));
        copy();
        result.forEach((destination, after) -> record(destination, after));
        retire(expansion, pairs, jobs);
        summarize(expansion);
        result.values().stream()
                .map(tools.follower()::watch)
                .filter(Objects::nonNull)
                .forEach(this::wakeWithin);
        return ReconcileResult.requeueAfter(untilNextPass());
    }

    /** The pairs to look at; if the selection of tags gives none, those that are known. */
    private List<Pair> wanted(TagExpander.Expansion expansion) {
        if (expansion.isComplete()) {
            tools.index()
                    .expanded(
                            entry.key(),
                            expansion.pairs().stream()
                                    .map(pair -> pair.source().tag())
                                    .filter(Objects::nonNull)
                                    .collect(Collectors.toSet()));
            return expansion.pairs();
        }
        if (expansion.failure() != null && !(expansion.failure() instanceof Resolution.NotAllowed)) {
            wakeWithin(LOOK_AGAIN);
        }
        return stored.values().stream().map(PairStatus::pair).toList();
    }

    private List<Pair> withoutRefused(List<Pair> pairs) {
        Set<ImageReference> left =
                refused.pairs().stream().map(PairStatus::identity).collect(Collectors.toSet());
        return pairs.stream().filter(pair -> !left.contains(pair.identity())).toList();
    }

    /** Whether a job that was claimed and may not have been submitted is still as the row wants it. */
    private boolean areWanted(List<PairStatus> claimed, List<Pair> pairs) {
        Set<ImageReference> wanted = pairs.stream().map(Pair::identity).collect(Collectors.toSet());
        return !entry.options().suspend()
                && claimed.stream().map(PairStatus::identity).allMatch(wanted::contains);
    }

    private Map<Pair, Observation> observe(List<Pair> pairs, Map<ImageReference, Followed> jobs) {
        List<Pair> anew = new ArrayList<>();
        List<Pair> usual = new ArrayList<>();
        for (Pair pair : pairs) {
            Followed job = jobs.get(pair.identity());
            if (!(job instanceof Followed.Live)) {
                (nudge != Nudges.Nudge.NONE || job != null ? anew : usual).add(pair);
            }
        }
        boolean referrers = entry.options().referrers();
        Map<Pair, Observation> seen =
                new LinkedHashMap<>(tools.observer().observe(usual, referrers, Freshness.OF_THIS_SWEEP));
        seen.putAll(tools.observer().observe(anew, referrers, Freshness.OF_NOW));
        return seen;
    }

    private void decide(Pair pair, Observation seen, Followed job) {
        coolDownIfAsked(pair, seen);
        PairStatus before = ended(pair, seen, job);
        NextStep step = NextStep.of(
                before,
                seen,
                new NextStep.Circumstances(entry.options(), ages.of(pair), nudge == Nudges.Nudge.TRY, now));
        PairState hindrance = tools.hindrances().of(before, seen, step.copy(), now);
        PairState state = hindrance != null ? hindrance : step.state();
        PairStatus after = before.in(state, new PairStatus.Seen(seen.sourceDigest(), seen.destinationDigest()), now);
        result.put(pair.identity(), after);
        if (hindrance != null && hindrance.reason() == Reason.CYCLE) {
            wakeWithin(LOOK_AGAIN); // nobody tells when another row of the cycle goes
        }
        if (step.copy() && hindrance == null) {
            drifted.put(after, seen.sourceDigest());
        } else if (step.wakeAt() != null) {
            wakeWithin(Duration.between(now, step.wakeAt()));
        }
    }

    /** The pair as it is after its job, if one has ended; the claim is released when the pair is recorded. */
    private PairStatus ended(Pair pair, Observation seen, Followed job) {
        PairStatus known = job != null ? job.pair() : stored.get(pair.identity());
        PairStatus asStored = known == null ? PairStatus.fresh(entry.key(), pair) : known;
        stored.put(pair.identity(), asStored);
        PairStatus before = asStored.watchedOnly(now);
        PairStatus current = new PairStatus(
                before.entry(),
                pair,
                before.state(),
                before.seen(),
                before.times(),
                before.progress(),
                before.version());
        if (job instanceof Followed.Ended ended) {
            coolDownIfAsked(ended.report());
            return new JobVerdict(ended.job(), ended.report(), tools.settings().startLimit(), tools.backoff(), now)
                    .on(current, seen);
        }
        return current;
    }

    private void coolDownIfAsked(Pair pair, Observation seen) {
        coolDownIfAsked(pair.source(), seen.source());
        coolDownIfAsked(pair.destination(), seen.destination());
    }

    private void coolDownIfAsked(ImageReference reference, Resolution answer) {
        if (answer instanceof Resolution.Unavailable unavailable && unavailable.throttled()) {
            Duration wait = longer(COOL_DOWN, unavailable.retryAfter());
            tools.admission().coolDown(reference.registry(), now.plus(wait));
        }
    }

    /** The job was asked for fewer requests. */
    private void coolDownIfAsked(JobReport report) {
        if (report != null) {
            report.destinations().stream()
                    .map(JobReport.Outcome::throttledBy)
                    .filter(Objects::nonNull)
                    .forEach(registry -> tools.admission().coolDown(registry, now.plus(COOL_DOWN)));
        }
    }

    private void leaveCopying(Followed.Live live) {
        PairStatus pair = live.pair();
        stored.put(pair.identity(), pair);
        result.put(pair.identity(), pair.in(PairState.copying(pair.state().drift(), live.message()), pair.seen(), now));
        wakeWithin(live.wakeAfter());
    }

    /** Copies what has drifted, one source digest after another. */
    private void copy() {
        for (List<PairStatus> pairs : JobPlanner.jobs(drifted)) {
            Digest digest = drifted.get(pairs.get(0));
            List<PairStatus> free = pairs.stream().map(this::released).toList();
            ClaimedCopy.Result copy =
                    tools.copies().start(row, free, digest, entry.options().referrers());
            copy.held().forEach(pair -> result.put(pair.identity(), pair));
            copy.submitted().forEach(this::submitted);
        }
        if (drifted.isEmpty()) {
            tools.admission().leave(entry.key());
        }
    }

    /** The pair, its ended claim released in the table, so that a new one can be made. */
    private PairStatus released(PairStatus pair) {
        PairStatus before = stored.get(pair.identity());
        return before.claim() == null ? pair : record(pair.identity(), pair);
    }

    private void submitted(Followed job) {
        PairStatus pair = job.pair();
        stored.put(pair.identity(), pair);
        if (job instanceof Followed.Live live) {
            leaveCopying(live);
        } else {
            result.put(pair.identity(), pair);
            wakeWithin(Duration.between(now, pair.progress().retry().nextAttemptAt()));
        }
    }

    private PairStatus record(ImageReference destination, PairStatus after) {
        PairStatus before = stored.get(destination);
        PairStatus written = tools.recorder().record(before, after);
        stored.put(destination, written);
        return written;
    }

    /** Pairs that the entry no longer has. */
    private void retire(TagExpander.Expansion expansion, List<Pair> pairs, Map<ImageReference, Followed> jobs) {
        if (!expansion.isComplete()) {
            return;
        }
        Map<ImageReference, PairStatus> unwanted = new LinkedHashMap<>(stored);
        pairs.forEach(pair -> unwanted.remove(pair.identity()));
        if (!unwanted.isEmpty()) {
            Duration wait = tools.retirement().retire(unwanted.values(), jobs);
            if (wait != null) {
                wakeWithin(wait);
            }
        }
    }

    private void summarize(TagExpander.Expansion expansion) {
        Set<String> names = result.values().stream()
                .map(pair -> String.valueOf(pair.pair().source().tag()))
                .collect(Collectors.toSet());
        if (refused.summary()) {
            return;
        }
        List<PairStatus> all = new ArrayList<>(result.values());
        all.addAll(refused.pairs());
        EntryStatus.Summary news = EntrySummary.of(row, expansion, all, refused.lasting());
        tools.recorder().record(summary, new EntryStatus(entry.key(), news, ages.of(names), now, summary.version()));
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
