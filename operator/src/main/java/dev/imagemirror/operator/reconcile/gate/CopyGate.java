package dev.imagemirror.operator.reconcile.gate;

import java.util.Optional;

/** One reason not to copy a pair, with its words and what is waited for. Thread-safe. */
public interface CopyGate {
    /** What hinders the copy; empty if nothing does that this gate knows of. */
    Optional<ClosedGate> ask(CopyQuestion question);

    /**
     * True if it asks more than what the pass has observed (other entries, owners, ECR), or changes something. It is asked
     * only while all gates before it are open; and since observing does not show what opens it, the pass also looks again
     * when the gates behind it want it to.
     */
    default boolean looksBeyondObservation() {
        return false;
    }
}
