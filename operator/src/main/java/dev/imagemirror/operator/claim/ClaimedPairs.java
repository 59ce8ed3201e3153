package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.decision.JobEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All pairs of one claim; each carries it.
 *
 * @param claim the live claim
 * @param pairs at least one, all of one entry
 */
record ClaimedPairs(Claim claim, List<PairStatus> pairs) {
    /** Copies the list and rejects an empty one. */
    ClaimedPairs {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("claim " + claim.id() + " has no pairs");
        }
    }

    /** The claims of these pairs; pairs without one are skipped. */
    static List<ClaimedPairs> in(Collection<PairStatus> pairs) {
        Map<String, ClaimedPairs> claims = new LinkedHashMap<>();
        for (PairStatus pair : pairs) {
            Claim claim = pair.claim();
            if (claim != null) {
                claims.merge(claim.id(), new ClaimedPairs(claim, List.of(pair)), ClaimedPairs::and);
            }
        }
        return List.copyOf(claims.values());
    }

    private ClaimedPairs and(ClaimedPairs more) {
        List<PairStatus> all = new ArrayList<>(pairs);
        all.addAll(more.pairs);
        return new ClaimedPairs(claim, all);
    }

    /** Any of the pairs, for what they have in common. */
    PairStatus first() {
        return pairs.get(0);
    }

    EntryKey entry() {
        return first().entry();
    }

    /** The same pairs with another claim. */
    ClaimedPairs with(Claim other) {
        return new ClaimedPairs(
                other, pairs.stream().map(pair -> pair.withClaim(other)).toList());
    }

    /** The pairs as stored after a write. */
    ClaimedPairs written() {
        return new ClaimedPairs(claim, written(pairs));
    }

    static List<PairStatus> written(List<PairStatus> pairs) {
        return pairs.stream().map(pair -> pair.at(pair.version() + 1)).toList();
    }

    /** The job of the claim has not ended. */
    List<JobOutcome.Live> live(String message, Duration wakeAfter) {
        return pairs.stream()
                .map(pair -> new JobOutcome.Live(pair, message, wakeAfter))
                .toList();
    }

    /** The job of the claim has ended. */
    List<JobOutcome.Ended> ended(JobEnd end) {
        return pairs.stream().map(pair -> new JobOutcome.Ended(pair, end)).toList();
    }
}
