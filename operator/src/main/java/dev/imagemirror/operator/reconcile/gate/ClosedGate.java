package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a pair is not copied.
 *
 * @param state of the pair: reason, and a message that says what to do or expect next
 * @param wakeAt when to look again before the entry's turn; {@link Instant#MAX} if its turn is early enough
 */
public record ClosedGate(PairState state, Instant wakeAt) {
    /** Until the entry's turn, or a change that makes it earlier. */
    static Optional<ClosedGate> of(PairState state) {
        return Optional.of(new ClosedGate(state, Instant.MAX));
    }

    /** Held until the entry's turn, or a change that makes it earlier. */
    static Optional<ClosedGate> held(Drift drift, Reason reason, String message) {
        return of(PairState.held(drift, reason, message));
    }

    /** The same, to be looked at again at an instant. */
    ClosedGate wakingAt(Instant instant) {
        return instant.isBefore(wakeAt) ? new ClosedGate(state, instant) : this;
    }
}
