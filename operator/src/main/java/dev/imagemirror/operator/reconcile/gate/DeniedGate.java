package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import java.util.Optional;

/** The registry denies access. */
record DeniedGate(Side side) implements CopyGate {
    @Override
    public Optional<ClosedGate> ask(CopyQuestion question) {
        return side.answer(question) instanceof Resolution.Denied denied
                ? ClosedGate.held(Drift.UNKNOWN, Reason.ACCESS_DENIED, denied.message())
                : Optional.empty();
    }
}
