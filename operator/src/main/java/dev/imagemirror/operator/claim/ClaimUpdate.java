package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.StatusTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Updates all pairs of a claim on top of concurrent writes by other processes. */
final class ClaimUpdate {
    private static final int MAX_TRIES = 5;

    private final StatusTable statuses;

    ClaimUpdate(StatusTable statuses) {
        this.statuses = statuses;
    }

    /**
     * Updates the pairs.
     *
     * @param write writes all of them, or writes none and returns false if one has changed since it was read
     * @return the pairs as stored; empty if the claim has changed
     */
    Optional<List<PairStatus>> change(
            ClaimedPairs pairs, UnaryOperator<PairStatus> change, Predicate<List<PairStatus>> write) {
        Optional<List<PairStatus>> current = Optional.of(pairs.pairs());
        for (int tries = 0; current.isPresent() && tries < MAX_TRIES; tries++) {
            List<PairStatus> after = current.get().stream().map(change).toList();
            if (write.test(after)) {
                return Optional.of(ClaimedPairs.written(after));
            }
            current = again(pairs);
        }
        return Optional.empty();
    }

    /** Whether the table has the claim, with this job's id or none. */
    boolean mayBelong(String jobId, ClaimedPairs pairs) {
        return ClaimedPairs.in(statuses.load(pairs.entry()).pairs()).stream()
                .map(ClaimedPairs::claim)
                .filter(claim -> claim.id().equals(pairs.claim().id()))
                .anyMatch(claim -> claim.jobId() == null || claim.jobId().equals(jobId));
    }

    private Optional<List<PairStatus>> again(ClaimedPairs pairs) {
        Claim claim = pairs.claim();
        List<PairStatus> stored = statuses.load(pairs.entry()).pairs().stream()
                .filter(pair -> claim.equals(pair.claim()))
                .toList();
        return stored.size() == pairs.pairs().size() ? Optional.of(stored) : Optional.empty();
    }
}
