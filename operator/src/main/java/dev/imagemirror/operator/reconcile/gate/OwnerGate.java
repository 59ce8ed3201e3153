package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.claim.DestinationOwners;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.port.NewerOwnerException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Another entry owns the destination. An unowned destination becomes the entry's, whether it is copied to or not. */
record OwnerGate(DestinationOwners owners) implements CopyGate {
    /** Pairs that were first held for these reasons may not have an owner item yet. */
    private static final Set<Reason> MAYBE_UNOWNED =
            EnumSet.of(Reason.DESTINATION_CONFLICT, Reason.CYCLE, Reason.INVALID_ENTRY);

    @Override
    public Optional<ClosedGate> ask(CopyQuestion question) {
        PairStatus pair = question.status();
        if (!pair.isNew() && !mayBeUnowned(pair)) {
            return Optional.empty();
        }
        try {
            EntryKey owner = owners.own(pair.destination(), pair.entry());
            return owner.equals(pair.entry())
                    ? Optional.empty()
                    : ClosedGate.with(DestinationOwners.conflict(question.drift(), pair.destination(), owner));
        } catch (NewerOwnerException e) {
            return ClosedGate.with(DestinationOwners.conflict(question.drift(), e));
        }
    }

    private static boolean mayBeUnowned(PairStatus pair) {
        Reason reason = pair.state().reason();
        return reason != null && MAYBE_UNOWNED.contains(reason);
    }

    @Override
    public boolean looksBeyondObservation() {
        return true;
    }
}
