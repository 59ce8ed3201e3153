package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;

/** Receives classified status table items. */
public interface StatusItemListener {
    /** A summary; {@code refused} is true if a newer operator wrote it. */
    void summary(EntryStatus summary, boolean refused);

    /** A pair; {@code refused} is true if it must not be processed, as its message explains. */
    void pair(PairStatus pair, boolean refused);

    /** An item that cannot be interpreted. */
    void unreadable(UnreadableItem item);
}
