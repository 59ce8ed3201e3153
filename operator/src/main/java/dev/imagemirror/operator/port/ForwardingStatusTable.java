package dev.imagemirror.operator.port;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Base of decorators: delegates every call. As thread-safe as the delegate. */
public abstract class ForwardingStatusTable implements StatusTable {
    private final StatusTable table;

    /** @param table receives every call that is not overridden */
    protected ForwardingStatusTable(StatusTable table) {
        this.table = table;
    }

    @Override
    public EntryRecords load(EntryKey key) {
        return table.load(key);
    }

    @Override
    public void scan(Consumer<EntryStatus> entries, Consumer<PairStatus> pairs, Consumer<UnreadableItem> unreadable) {
        table.scan(entries, pairs, unreadable);
    }

    @Override
    public boolean write(EntryStatus status) {
        return table.write(status);
    }

    @Override
    public boolean write(PairStatus status) {
        return table.write(status);
    }

    @Override
    public ClaimResult claim(MirrorRow row, List<PairStatus> pairs) {
        return table.claim(row, pairs);
    }

    @Override
    public boolean change(List<PairStatus> pairs) {
        return table.change(pairs);
    }

    @Override
    public EntryKey own(ImageReference destination, EntryKey key) {
        return table.own(destination, key);
    }

    @Override
    public Optional<Owner> ownerOf(ImageReference destination) {
        return table.ownerOf(destination);
    }

    @Override
    public boolean exchange(ImageReference destination, Owner from, EntryKey to) {
        return table.exchange(destination, from, to);
    }

    @Override
    public boolean remove(PairStatus status) {
        return table.remove(status);
    }

    @Override
    public boolean discard(UnreadableItem item) {
        return table.discard(item);
    }

    @Override
    public boolean remove(EntryStatus status) {
        return table.remove(status);
    }
}
