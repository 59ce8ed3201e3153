package dev.imagemirror.operator.port;

import dev.imagemirror.operator.domain.MirrorRow;

/**
 * Port: puts a row that nobody manages under a manager, with what is known of it: destinations keep their owner, pairs their
 * history, and digests the time since which they are current. Thread-safe; blocking; may throw {@link PortException}.
 */
public interface RowAdoption {
    /** What came of it. */
    enum Outcome {
        /** The row is the manager's. */
        ADOPTED,
        /** A copy job of the row is in flight; nothing was changed. */
        COPYING,
        /** Somebody changed something meanwhile, or somebody else has the row; nothing was changed. */
        CHANGED
    }

    /**
     * Puts {@code declared} in the place of {@code unowned}, in one transaction.
     *
     * @param unowned as it was read; it has no manager
     * @param declared has the same source, destinations and selection of tags; its key may be another, and what stands under
     *     it already is replaced if the same manager has it
     */
    Outcome adopt(MirrorRow unowned, MirrorRow declared);
}
