package dev.imagemirror.operator.claim;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Claims the pairs of one job in one transaction, then has the job submitted. */
public final class CopyStarter {
    private final JobPlanner planner;
    private final JobSubmission submission;
    private final PairClaimer claimer;
    private final Admission admission;
    private final Clock clock;

    public CopyStarter(
            JobPlanner planner, JobSubmission submission, ClaimLedger ledger, Admission admission, Clock clock) {
        this.planner = planner;
        this.submission = submission;
        this.claimer = new PairClaimer(ledger);
        this.admission = admission;
        this.clock = clock;
    }

    /**
     * The outcome for the pairs.
     *
     * @param submitted claimed and, as far as is known, submitted
     * @param held not claimed; their states say why and are not stored yet
     */
    public record Result(List<JobOutcome> submitted, List<PairStatus> held) {}

    /**
     * Claims and submits, if the limits allow.
     *
     * @param pairs drifted pairs of one entry and one source digest, as stored
     * @param digest the source digest observed in this pass
     */
    public Result start(MirrorRow row, List<PairStatus> pairs, Digest digest, boolean referrers) {
        Instant now = clock.instant();
        AdmissionAnswer answer =
                admission.ask(row.key(), pairs.get(0).pair().source().registry(), destinations(pairs));
        if (answer instanceof AdmissionAnswer.Queued queued) {
            return held(pairs, queued, now);
        }
        PairClaimer.Outcome outcome = claim(row, pairs, digest, referrers, now);
        return outcome instanceof PairClaimer.Outcome.Claimed claimed
                ? new Result(List.copyOf(submission.submit(claimed.pairs())), claimed.held())
                : new Result(List.of(), outcome.held());
    }

    private PairClaimer.Outcome claim(
            MirrorRow row, List<PairStatus> pairs, Digest digest, boolean referrers, Instant now) {
        EntryKey key = row.key();
        boolean isClaimed = false;
        try {
            PairClaimer.Outcome outcome =
                    claimer.claim(row, pairs, chosen -> planner.claim(chosen, digest, referrers, now));
            isClaimed = outcome instanceof PairClaimer.Outcome.Claimed;
            return outcome;
        } finally {
            if (!isClaimed) {
                admission.turnBack(key);
            }
        }
    }

    private static Set<String> destinations(List<PairStatus> pairs) {
        return pairs.stream().map(pair -> pair.destination().registry()).collect(Collectors.toSet());
    }

    private static Result held(List<PairStatus> pairs, AdmissionAnswer.Queued queued, Instant now) {
        return new Result(
                List.of(),
                pairs.stream()
                        .map(pair -> pair.in(queued.state(pair.state().drift()), pair.seen(), now))
                        .toList());
    }
}
