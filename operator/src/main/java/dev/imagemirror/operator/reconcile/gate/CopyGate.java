package dev.imagemirror.operator.reconcile.gate;

import java.util.Optional;

/** One reason not to copy a pair, with its message and what it waits for. Thread-safe. */
public interface CopyGate {
    /** Why the copy is held; empty if this gate is open. */
    Optional<ClosedGate> ask(CopyQuestion question);

    /**
     * True if the gate looks beyond what the pass has observed (other entries, owners, ECR), or changes something. It
     * is asked only while all gates before it are open; and since an observation cannot show that it has opened, the
     * pass also checks again when the gates behind it want it to.
     */
    default boolean looksBeyondObservation() {
        return false;
    }
}
