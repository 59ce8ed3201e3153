package dev.imagemirror.operator.port;

import dev.imagemirror.operator.domain.MirrorRow;

/**
 * Port: puts an unmanaged row under a manager, along with its status: destinations keep their owner, pairs their
 * history, and digests their age. Thread-safe; blocking; may throw {@link PortException}.
 */
public interface RowAdoption {
    /** Outcome of an adoption. */
    enum Outcome {
        /** The manager owns the row. */
        ADOPTED,
        /** Nothing was changed: a copy job of the row is in flight. */
        COPYING,
        /** Nothing was changed: something was edited concurrently, or another manager owns the row. */
        CHANGED
    }

    /**
     * Replaces {@code unowned} with {@code declared}, in one transaction.
     *
     * @param unowned as read; unmanaged
     * @param declared same source, destinations and tag selection, possibly under another key; replaces an existing row
     *     under its key if the same manager owns it
     */
    Outcome adopt(MirrorRow unowned, MirrorRow declared);
}
