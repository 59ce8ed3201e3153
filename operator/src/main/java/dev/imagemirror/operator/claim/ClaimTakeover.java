package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.decision.JobEnd;
import dev.imagemirror.operator.port.StaleException;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over claims whose jobs were never recorded, and adopts jobs found by their claim's name. */
final class ClaimTakeover {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimTakeover.class);

    private final ClaimJobs jobs;
    private final JobSubmission submission;
    private final ClaimLedger ledger;
    private final String claimant;
    private final Clock clock;

    /** @param claimant this process's name in claims */
    ClaimTakeover(ClaimJobs jobs, JobSubmission submission, ClaimLedger ledger, String claimant, Clock clock) {
        this.jobs = jobs;
        this.submission = submission;
        this.ledger = ledger;
        this.claimant = claimant;
        this.clock = clock;
    }

    /** Takes ownership of the claim, then adopts its job if one exists, or resubmits it. */
    List<? extends JobOutcome> takeOver(ClaimedPairs pairs, Predicate<List<PairStatus>> maySubmit) {
        Claim claim = pairs.claim().takenOverBy(claimant, clock.instant());
        ClaimedPairs ours = pairs.with(claim);
        if (!ledger.takeOver(ours)) {
            throw new StaleException("claim " + claim.id());
        }
        LOG.warn("took over claim {} (epoch {}): no job id was recorded", claim.id(), claim.epoch());
        ClaimedPairs stored = ours.written();
        List<CopyJob> found = jobs.find(claim);
        if (!found.isEmpty()) {
            return adopt(stored, found);
        }
        return maySubmit.test(stored.pairs()) ? submission.submit(stored) : stored.ended(new JobEnd.Lost());
    }

    /** Records the oldest job in the claim and terminates the others. */
    List<JobOutcome.Live> adopt(ClaimedPairs pairs, List<CopyJob> found) {
        String oldest = found.get(0).id();
        LOG.warn("adopted job {} of claim {}", oldest, pairs.claim().id());
        jobs.endDuplicates(found, oldest);
        return submission.recorded(pairs, oldest);
    }
}
