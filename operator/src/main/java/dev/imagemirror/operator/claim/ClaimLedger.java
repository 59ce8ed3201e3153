package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.StatusTable;
import java.time.Duration;
import java.util.List;

/**
 * Writes what becomes of claims (begun, taken over, submitted, ended) and keeps with each write what this process knows of
 * them: their ages, and which count against the limits. Nobody else writes a claim. Thread-safe as the table is.
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
     * Writes a new claim into all its pairs. Its age counts from before the write, so that a write that takes long makes
     * the submission late.
     */
    ClaimResult begin(MirrorRow row, ClaimedPairs pairs) {
        startAge(pairs.claim());
        ClaimResult result = statuses.claim(row, pairs.pairs());
        if (result instanceof ClaimResult.Claimed) {
            seen(pairs);
        }
        return result;
    }

    /** A claim that has not ended was read from the table: it counts against the limits. */
    void seen(ClaimedPairs pairs) {
        admission.claimed(pairs.first());
    }

    /**
     * Writes the next epoch of a claim, whose age counts anew.
     *
     * @return false if a pair has changed since it was read; nothing was written then
     */
    boolean takeOver(ClaimedPairs pairs) {
        startAge(pairs.claim());
        return statuses.change(pairs.pairs());
    }

    /**
     * Writes a claim that has its job's id.
     *
     * @return false if a pair has changed since it was read; nothing was written then
     */
    boolean submitted(List<PairStatus> pairs) {
        if (!statuses.change(pairs)) {
            return false;
        }
        admission.claimed(pairs.get(0));
        return true;
    }

    /**
     * Writes pairs without the claim that they had: whoever waits may come in.
     *
     * @return false if a pair has changed since it was read; nothing was written then
     */
    public boolean end(Claim claim, List<PairStatus> pairs) {
        if (!statuses.change(pairs)) {
            return false;
        }
        ages.forget(claim.id());
        admission.ended(claim.id());
        return true;
    }

    /** From now on the claim, with its epoch and its job, gets older; unless it does already. */
    void startAge(Claim claim) {
        ages.start(claim);
    }

    /** Age of the claim, with its epoch and its job, since {@link #startAge}. */
    Duration age(Claim claim) {
        return ages.of(claim);
    }

    /** Age of the claim for the grace after which it is taken over. */
    Duration ageForGrace(Claim claim) {
        return ages.forGrace(claim);
    }
}
