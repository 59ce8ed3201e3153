package dev.imagemirror.operator.claim;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.NewerOwnerException;
import dev.imagemirror.operator.port.StaleException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Claims the pairs of one job in one transaction, then has the job submitted. */
public final class CopyStarter {
    private final JobPlanner planner;
    private final JobSubmission submission;
    private final ClaimLedger ledger;
    private final Admission admission;
    private final Clock clock;

    public CopyStarter(
            JobPlanner planner, JobSubmission submission, ClaimLedger ledger, Admission admission, Clock clock) {
        this.planner = planner;
        this.submission = submission;
        this.ledger = ledger;
        this.admission = admission;
        this.clock = clock;
    }

    /**
     * What became of the pairs.
     *
     * @param submitted claimed, and submitted as far as is known
     * @param held not claimed; their states say why, and are not in the table yet
     */
    public record Result(List<JobOutcome> submitted, List<PairStatus> held) {}

    /**
     * Claims and submits, if the limits allow.
     *
     * @param pairs drifted, of one entry and one source digest, as they stand in the table
     * @param digest the source digest of this pass's observation
     */
    public Result start(MirrorRow row, List<PairStatus> pairs, Digest digest, boolean referrers) {
        EntryKey key = row.key();
        Instant now = clock.instant();
        Admission.Answer answer =
                admission.ask(key, pairs.get(0).pair().source().registry(), destinations(pairs));
        if (!answer.isAdmitted()) {
            return held(pairs, answer, now);
        }
        List<PairStatus> held = new ArrayList<>();
        List<PairStatus> claimed = List.of();
        try {
            claimed = claim(row, new ArrayList<>(pairs), held, chosen -> planner.claim(chosen, digest, referrers, now));
        } finally {
            if (claimed.isEmpty()) {
                admission.turnBack(key);
            }
        }
        if (claimed.isEmpty()) {
            return new Result(List.of(), held);
        }
        return new Result(List.copyOf(submission.submit(claimed)), held);
    }

    /**
     * Claims in one transaction; a pair whose destination another entry has, or a newer operator keeps, is held, and the
     * others are claimed without it.
     *
     * @return the claimed pairs as they stand in the table; empty if all are held
     */
    private List<PairStatus> claim(
            MirrorRow row, List<PairStatus> pairs, List<PairStatus> held, Function<List<PairStatus>, Claim> plan) {
        while (!pairs.isEmpty()) {
            Claim claim = plan.apply(pairs);
            List<PairStatus> wanted = pairs.stream()
                    .map(pair -> claimed(pair, claim, claim.claimedAt()))
                    .toList();
            List<PairStatus> hindered = hindered(row, wanted, pairs, claim.claimedAt());
            if (hindered.isEmpty()) {
                return wanted.stream().map(pair -> pair.at(pair.version() + 1)).toList();
            }
            held.addAll(hindered);
            hindered.forEach(one -> pairs.removeIf(pair -> pair.identity().equals(one.identity())));
        }
        return List.of();
    }

    /** Claims; if a destination cannot be had, nothing is claimed, and its pair is returned with a state that says why. */
    private List<PairStatus> hindered(MirrorRow row, List<PairStatus> wanted, List<PairStatus> pairs, Instant now) {
        try {
            ClaimResult result = ledger.begin(row, wanted);
            if (result instanceof ClaimResult.Claimed) {
                return List.of();
            }
            if (!(result instanceof ClaimResult.Owned owned)) {
                throw new StaleException(row.key().toString());
            }
            return inConflict(
                    pairs,
                    owned.destination(),
                    pair -> DestinationOwners.conflict(pair.state().drift(), pair.destination(), owned.owner()),
                    now);
        } catch (NewerOwnerException e) {
            return inConflict(
                    pairs,
                    e.destination(),
                    pair -> DestinationOwners.conflict(pair.state().drift(), e),
                    now);
        }
    }

    private static List<PairStatus> inConflict(
            List<PairStatus> pairs, ImageReference destination, Function<PairStatus, PairState> conflict, Instant now) {
        List<PairStatus> hindered = pairs.stream()
                .filter(pair -> pair.identity().equals(destination.identity()))
                .map(pair -> pair.in(conflict.apply(pair), pair.seen(), now))
                .toList();
        if (hindered.isEmpty()) { // which would count as claimed
            throw new IllegalStateException(
                    "the claim failed on " + destination + ", which is not one of its destinations");
        }
        return hindered;
    }

    private static Set<String> destinations(List<PairStatus> pairs) {
        return pairs.stream().map(pair -> pair.destination().registry()).collect(Collectors.toSet());
    }

    private static PairStatus claimed(PairStatus pair, Claim claim, Instant now) {
        PairState state = PairState.copying(pair.state().drift(), "submitting a copy job");
        return pair.in(state, pair.seen(), now).withClaim(claim);
    }

    private static Result held(List<PairStatus> pairs, Admission.Answer answer, Instant now) {
        return new Result(
                List.of(),
                pairs.stream()
                        .map(pair -> pair.in(answer.state(pair.state().drift()), pair.seen(), now))
                        .toList());
    }
}
