package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.PairState;
import java.util.Optional;

/** There is nothing to copy. */
record InSyncGate() implements CopyGate {
    @Override
    public Optional<ClosedGate> ask(CopyQuestion question) {
        return question.drift() == Drift.IN_SYNC ? ClosedGate.with(PairState.idle(Drift.IN_SYNC)) : Optional.empty();
    }
}
