package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The registry gave no usable response; retried soon, or when it says. */
record UnavailableGate(Side side) implements CopyGate {
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    @Override
    public Optional<ClosedGate> ask(CopyQuestion question) {
        if (!(side.answer(question) instanceof Resolution.Unavailable unavailable)) {
            return Optional.empty();
        }
        String message = side.reference(question) + " cannot be checked: " + unavailable.message() + "; retrying";
        return (question.options().suspend()
                        ? ClosedGate.held(Drift.UNKNOWN, Reason.SUSPENDED, SuspendedGate.WORDS + "; " + message)
                        : ClosedGate.held(Drift.UNKNOWN, Reason.BACKOFF, message))
                .map(closed -> closed.lookingAgainAt(again(unavailable, question.now())));
    }

    /** When to retry a registry that gave no usable response. */
    static Instant again(Resolution.Unavailable unavailable, Instant now) {
        return now.plus(unavailable.waitAtLeast(ASK_AGAIN));
    }
}
