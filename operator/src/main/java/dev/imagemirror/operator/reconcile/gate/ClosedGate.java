package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.Reason;
import java.time.Instant;
import java.util.Optional;

/** Why a pair is not copied, and when to check again. */
public sealed interface ClosedGate {
    /** The pair's state: the reason, and a message that says what to do or expect next. */
    PairState state();

    /** When to check again before the entry's turn; empty if its turn, or a change, is soon enough. */
    Optional<Instant> lookAgainAt();

    /** The same, to be checked again at this instant at the latest. */
    ClosedGate lookingAgainAt(Instant instant);

    /** Closed until the entry's turn, or a change that makes it earlier. */
    record UntilTurn(PairState state) implements ClosedGate {
        @Override
        public Optional<Instant> lookAgainAt() {
            return Optional.empty();
        }

        @Override
        public ClosedGate lookingAgainAt(Instant instant) {
            return new Until(state, instant);
        }
    }

    /** Closed until an instant. */
    record Until(PairState state, Instant instant) implements ClosedGate {
        @Override
        public Optional<Instant> lookAgainAt() {
            return Optional.of(instant);
        }

        @Override
        public ClosedGate lookingAgainAt(Instant other) {
            return other.isBefore(instant) ? new Until(state, other) : this;
        }
    }

    /** Closed with this state until the entry's turn, or a change that makes it earlier. */
    static Optional<ClosedGate> with(PairState state) {
        return Optional.of(new UntilTurn(state));
    }

    /** Held with a reason until the entry's turn, or a change that makes it earlier. */
    static Optional<ClosedGate> held(Drift drift, Reason reason, String message) {
        return with(PairState.held(drift, reason, message));
    }
}
