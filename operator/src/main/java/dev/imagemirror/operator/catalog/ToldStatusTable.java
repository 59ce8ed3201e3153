package dev.imagemirror.operator.catalog;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.StatusTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A status table that tells who shows it of this process's own writes, whether they were made or not. Thread-safe as the
 * table is.
 */
public final class ToldStatusTable implements StatusTable {
    private final StatusTable table;
    private final Consumer<EntryKey> written;

    /** @param written is told of the entry; quick, never throws */
    public ToldStatusTable(StatusTable table, Consumer<EntryKey> written) {
        this.table = table;
        this.written = written;
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
        try {
            return table.write(status);
        } finally {
            written.accept(status.key());
        }
    }

    @Override
    public boolean write(PairStatus status) {
        try {
            return table.write(status);
        } finally {
            written.accept(status.entry());
        }
    }

    @Override
    public ClaimResult claim(MirrorRow row, List<PairStatus> pairs) {
        try {
            return table.claim(row, pairs);
        } finally {
            written.accept(row.key());
        }
    }

    @Override
    public boolean change(List<PairStatus> pairs) {
        try {
            return table.change(pairs);
        } finally {
            pairs.stream().map(PairStatus::entry).distinct().forEach(written);
        }
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
        try {
            return table.remove(status);
        } finally {
            written.accept(status.entry());
        }
    }

    @Override
    public boolean discard(UnreadableItem item) {
        try {
            return table.discard(item);
        } finally {
            written.accept(item.entry());
        }
    }

    @Override
    public boolean remove(EntryStatus status) {
        try {
            return table.remove(status);
        } finally {
            written.accept(status.key());
        }
    }
}
