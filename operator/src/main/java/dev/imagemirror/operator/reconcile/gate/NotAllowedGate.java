package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import java.util.Optional;

/** The configuration does not allow the reference. Rechecked at every interval and by sync, at no request's cost. */
record NotAllowedGate(Side side, Reason reason) implements CopyGate {
    @Override
    public Optional<ClosedGate> ask(CopyQuestion question) {
        return side.answer(question) instanceof Resolution.NotAllowed forbidden
                ? ClosedGate.held(Drift.UNKNOWN, reason, forbidden.message())
                : Optional.empty();
    }
}
