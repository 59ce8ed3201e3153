package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.domain.Reason;
import java.util.Optional;

/** The row sets {@code Suspend}. */
record SuspendedGate() implements CopyGate {
    static final String WORDS = "the entry is suspended";

    @Override
    public Optional<ClosedGate> ask(CopyQuestion question) {
        return question.options().suspend()
                ? ClosedGate.held(question.drift(), Reason.SUSPENDED, WORDS)
                : Optional.empty();
    }
}
