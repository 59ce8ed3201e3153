package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.StatusTable;
import java.time.Duration;
import java.util.List;

/**
 * The only writer of claims: begins, takes over, records and ends them. With each write, it updates what this process
 * tracks: the claims' ages, and which count against the limits. As thread-safe as the table.
 */
public final class ClaimLedger {
    private final StatusTable statuses;
    private final ClaimAges ages;
    private final Admission admission;

    public ClaimLedger(StatusTable statuses, ClaimAges ages, Admission admission) {
        this.statuses = statuses;
        this.ages = ages;
        this.admission = admission;
    }

    /**
     * Writes a new claim to all its pairs. Its age starts before the write, so a slow write makes the submission late.
     */
    ClaimResult begin(MirrorRow row, ClaimedPairs pairs) {
        startAge(pairs.claim());
        ClaimResult result = statuses.claim(row, pairs.pairs());
        if (result instanceof ClaimResult.Claimed) {
            seen(pairs);
        }
        return result;
    }

    /** A claim read from the table has not ended: it counts against the limits. */
    void seen(ClaimedPairs pairs) {
        admission.claimed(pairs.first());
    }

    /**
     * Writes the next epoch of a claim and restarts its age.
     *
     * @return false, with nothing written, if a pair has changed since it was read
     */
    boolean takeOver(ClaimedPairs pairs) {
        startAge(pairs.claim());
        return statuses.change(pairs.pairs());
    }

    /**
     * Writes a claim that now has its job's id.
     *
     * @return false, with nothing written, if a pair has changed since it was read
     */
    boolean submitted(List<PairStatus> pairs) {
        if (!statuses.change(pairs)) {
            return false;
        }
        admission.claimed(pairs.get(0));
        return true;
    }

    /**
     * Writes pairs without their claim and makes room for waiting entries.
     *
     * @return false, with nothing written, if a pair has changed since it was read
     */
    public boolean end(Claim claim, List<PairStatus> pairs) {
        if (!statuses.change(pairs)) {
            return false;
        }
        ages.forget(claim.id());
        admission.ended(claim.id());
        return true;
    }

    /** Starts the age of the claim, with its epoch and job, unless already started. */
    void startAge(Claim claim) {
        ages.start(claim);
    }

    /** Age of the claim, with its epoch and job, since {@link #startAge}. */
    Duration age(Claim claim) {
        return ages.of(claim);
    }

    /** The claim's age, to compare with the grace period before takeover. */
    Duration ageForGrace(Claim claim) {
        return ages.forGrace(claim);
    }
}
