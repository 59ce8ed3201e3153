package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.DestinationOwners;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.port.RepositoryCreator;
import java.util.List;
import java.util.Optional;

/**
 * Every reason not to copy a pair, in the order they are checked and shown. Admission ({@code Admission}, called by
 * {@code CopyStarter}) comes last: it concerns a job, which may cover several pairs. Thread-safe.
 */
public final class CopyGates {
    private final List<CopyGate> gates;

    public CopyGates(EntryIndex index, DestinationOwners owners, RepositoryCreator repositories) {
        this.gates = List.of(
                new CycleGate(index),
                new OwnerGate(owners),
                new SourceMissingGate(),
                new NotAllowedGate(Side.SOURCE, Reason.SOURCE_NOT_ALLOWED),
                new NotAllowedGate(Side.DESTINATION, Reason.DESTINATION_NOT_ALLOWED),
                new DeniedGate(Side.SOURCE),
                new UnavailableGate(Side.SOURCE),
                new DeniedGate(Side.DESTINATION),
                new UnavailableGate(Side.DESTINATION),
                new InSyncGate(),
                new ReferrersGate(),
                new SuspendedGate(),
                new QuarantineGate(),
                new FailureGate(),
                new RepositoryGate(repositories));
    }

    /** The first closed gate; empty if the pair may be copied. */
    public Optional<ClosedGate> ask(CopyQuestion question) {
        Optional<ClosedGate> first = Optional.empty();
        for (CopyGate gate : gates) {
            if (first.isPresent() && gate.looksBeyondObservation()) {
                continue;
            }
            Optional<ClosedGate> closed = gate.ask(question);
            if (closed.isEmpty()) {
                continue;
            }
            if (first.isPresent()) {
                return first.map(shown ->
                        closed.get().lookAgainAt().map(shown::lookingAgainAt).orElse(shown));
            }
            if (!gate.looksBeyondObservation()) {
                return closed;
            }
            first = closed;
        }
        return first;
    }
}
