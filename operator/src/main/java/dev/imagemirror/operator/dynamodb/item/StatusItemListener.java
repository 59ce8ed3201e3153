package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;

/** Hears what items of the status table are. */
public interface StatusItemListener {
    /** Takes what was read; {@code refused} is true if a newer operator wrote it. */
    void summary(EntryStatus summary, boolean refused);

    /** Takes what was read; {@code refused} is true if nobody may work on it, as its message says. */
    void pair(PairStatus pair, boolean refused);

    /** Nothing can be made of the item. */
    void unreadable(UnreadableItem item);
}
