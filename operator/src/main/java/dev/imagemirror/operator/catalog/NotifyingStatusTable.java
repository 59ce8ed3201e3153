package dev.imagemirror.operator.catalog;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.ForwardingStatusTable;
import dev.imagemirror.operator.port.StatusTable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A status table that notifies a listener of each entry this process writes, whether or not the write succeeded. Owner
 * items, which are never displayed, are not reported. As thread-safe as the table.
 */
public final class NotifyingStatusTable extends ForwardingStatusTable {
    private final Consumer<EntryKey> listener;

    /** @param listener called with the entry after each write; must be quick and never throw */
    public NotifyingStatusTable(StatusTable table, Consumer<EntryKey> listener) {
        super(table);
        this.listener = listener;
    }

    @Override
    public boolean write(EntryStatus status) {
        return notifying(List.of(status.key()), () -> super.write(status));
    }

    @Override
    public boolean write(PairStatus status) {
        return notifying(List.of(status.entry()), () -> super.write(status));
    }

    @Override
    public ClaimResult claim(MirrorRow row, List<PairStatus> pairs) {
        return notifying(List.of(row.key()), () -> super.claim(row, pairs));
    }

    @Override
    public boolean change(List<PairStatus> pairs) {
        List<EntryKey> entries =
                pairs.stream().map(PairStatus::entry).distinct().toList();
        return notifying(entries, () -> super.change(pairs));
    }

    @Override
    public boolean remove(PairStatus status) {
        return notifying(List.of(status.entry()), () -> super.remove(status));
    }

    @Override
    public boolean discard(UnreadableItem item) {
        return notifying(List.of(item.entry()), () -> super.discard(item));
    }

    @Override
    public boolean remove(EntryStatus status) {
        return notifying(List.of(status.key()), () -> super.remove(status));
    }

    /** A failed write may still have taken effect. */
    private <T> T notifying(List<EntryKey> entries, Supplier<T> write) {
        try {
            return write.get();
        } finally {
            entries.forEach(listener);
        }
    }
}
