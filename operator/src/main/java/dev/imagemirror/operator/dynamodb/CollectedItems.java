package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.dynamodb.item.StatusItemListener;
import dev.imagemirror.operator.port.EntryRecords;
import java.util.ArrayList;
import java.util.List;

/** Collects the items of one entry as they are read. Not thread-safe. */
final class CollectedItems implements StatusItemListener {
    private final List<PairStatus> pairs = new ArrayList<>();
    private final List<PairStatus> refused = new ArrayList<>();
    private final List<UnreadableItem> unreadable = new ArrayList<>();
    private EntryStatus entry;
    private boolean isEntryRefused;

    CollectedItems(EntryStatus entry) {
        this.entry = entry;
    }

    @Override
    public void summary(EntryStatus summary, boolean isRefused) {
        entry = summary;
        isEntryRefused = isRefused;
    }

    @Override
    public void pair(PairStatus pair, boolean isRefused) {
        (isRefused ? refused : pairs).add(pair);
    }

    @Override
    public void unreadable(UnreadableItem item) {
        unreadable.add(item);
    }

    EntryRecords records() {
        boolean none = refused.isEmpty() && unreadable.isEmpty() && !isEntryRefused;
        return new EntryRecords(
                entry,
                pairs,
                none ? EntryRecords.Refused.NONE : new EntryRecords.Refused(refused, unreadable, isEntryRefused));
    }
}
