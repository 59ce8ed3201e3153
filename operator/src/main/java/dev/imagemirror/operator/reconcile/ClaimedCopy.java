package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Claims the pairs of one job in one transaction, then has the job submitted. */
final class ClaimedCopy {
    private final Ports ports;
    private final JobPlanner planner;
    private final JobSubmission submission;
    private final Admission admission;
    private final ClaimAges ages;
    private final Clock clock;

    ClaimedCopy(
            Ports ports,
            JobPlanner planner,
            JobSubmission submission,
            Admission admission,
            ClaimAges ages,
            Clock clock) {
        this.ports = ports;
        this.planner = planner;
        this.submission = submission;
        this.admission = admission;
        this.ages = ages;
        this.clock = clock;
    }

    /**
     * What became of the pairs.
     *
     * @param submitted claimed, and submitted as far as is known
     * @param held not claimed; their states say why, and are not in the table yet
     */
    record Result(List<Followed> submitted, List<PairStatus> held) {}

    /**
     * Claims and submits, if the limits allow.
     *
     * @param pairs drifted, of one entry and one source digest, as they stand in the table
     * @param digest the source digest of this pass's observation
     */
    Result start(MirrorRow row, List<PairStatus> pairs, Digest digest, boolean referrers) {
        EntryKey key = row.key();
        Instant now = clock.instant();
        Admission.Answer answer =
                admission.ask(key, pairs.get(0).pair().source().registry());
        if (!answer.isAdmitted()) {
            String message = "place " + answer.place() + " in line: " + answer.why();
            return held(pairs, Reason.ADMISSION, message, now);
        }
        boolean claimed = false;
        try {
            Claim claim = planner.claim(pairs, digest, referrers, now);
            ages.of(claim);
            List<PairStatus> wanted =
                    pairs.stream().map(pair -> claimed(pair, claim, now)).toList();
            ClaimResult result = ports.statuses().claim(row, wanted);
            claimed = result instanceof ClaimResult.Claimed;
            if (result instanceof ClaimResult.Owned owned) {
                return conflict(pairs, owned, now);
            }
            if (!claimed) {
                throw new StaleException(key.toString());
            }
            admission.claimed(wanted.get(0));
            return new Result(
                    List.copyOf(submission.submit(wanted.stream()
                            .map(pair -> pair.at(pair.version() + 1))
                            .toList())),
                    List.of());
        } finally {
            if (!claimed) {
                admission.turnBack(key);
            }
        }
    }

    /** Another entry owns one destination; the others have to be claimed without it. */
    private static Result conflict(List<PairStatus> pairs, ClaimResult.Owned owned, Instant now) {
        List<PairStatus> held = new ArrayList<>();
        for (PairStatus pair : pairs) {
            PairState state = pair.destination().equals(owned.destination())
                    ? owned(pair, owned.owner())
                    : PairState.held(pair.state().drift(), Reason.ADMISSION, "about to be copied");
            held.add(pair.in(state, pair.seen(), now));
        }
        return new Result(List.of(), held);
    }

    /** The state of a pair whose destination another entry has. */
    static PairState owned(PairStatus pair, EntryKey owner) {
        ImageReference destination = pair.destination();
        return PairState.held(
                pair.state().drift(),
                Reason.DESTINATION_CONFLICT,
                destination + " belongs to entry " + owner + "; remove it from one of the two");
    }

    private static PairStatus claimed(PairStatus pair, Claim claim, Instant now) {
        PairState state = PairState.copying(pair.state().drift(), "a copy job is being submitted");
        return pair.in(state, pair.seen(), now).withClaim(claim);
    }

    private static Result held(List<PairStatus> pairs, Reason reason, String message, Instant now) {
        return new Result(
                List.of(),
                pairs.stream()
                        .map(pair -> pair.in(PairState.held(pair.state().drift(), reason, message), pair.seen(), now))
                        .toList());
    }
}
