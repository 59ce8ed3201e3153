package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.ClaimedCopy;
import dev.imagemirror.operator.claim.DestinationOwners;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.decision.DriftCalculator;
import dev.imagemirror.operator.domain.decision.Observation;
import dev.imagemirror.operator.port.RepositoryCreator;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** What forbids to copy a pair whatever its drift: a cycle, another owner, a repository that does not exist. */
final class Hindrances {
    /** Pairs that were held for these reasons at first may have no owner item yet. */
    private static final Set<Reason> MAYBE_UNOWNED =
            EnumSet.of(Reason.DESTINATION_CONFLICT, Reason.CYCLE, Reason.INVALID_ENTRY);

    private final EntryIndex index;
    private final DestinationOwners owners;
    private final RepositoryCreator repositories;

    Hindrances(EntryIndex index, DestinationOwners owners, RepositoryCreator repositories) {
        this.index = index;
        this.owners = owners;
        this.repositories = repositories;
    }

    /**
     * The state that the pair is held in, or null.
     *
     * @param copy true if it would be copied
     */
    PairState of(PairStatus pair, Observation seen, boolean copy, Instant now) {
        Drift drift = DriftCalculator.of(seen);
        if (index.leadsBack(pair.pair())) {
            return PairState.held(drift, Reason.CYCLE, cycle(pair.pair()));
        }
        if (pair.isNew() || mayBeUnowned(pair)) {
            EntryKey owner = owners.own(pair.destination(), pair.entry());
            if (!owner.equals(pair.entry())) {
                return ClaimedCopy.owned(pair.in(PairState.idle(drift), pair.seen(), now), owner);
            }
        }
        return copy && seen.destination() instanceof Resolution.RepositoryMissing
                ? missingRepository(pair, drift)
                : null;
    }

    private static boolean mayBeUnowned(PairStatus pair) {
        return pair.state().reason() != null
                && MAYBE_UNOWNED.contains(pair.state().reason());
    }

    private static String cycle(Pair pair) {
        return pair.destination()
                + (pair.identity().equals(pair.source().identity())
                        ? " is the source itself; remove it from the destinations"
                        : " leads back to " + pair.source() + " by way of other entries; remove one of them");
    }

    private PairState missingRepository(PairStatus pair, Drift drift) {
        String fault = repositories.create(pair.destination());
        return fault == null ? null : PairState.held(drift, Reason.REPOSITORY_NOT_FOUND, fault);
    }
}
