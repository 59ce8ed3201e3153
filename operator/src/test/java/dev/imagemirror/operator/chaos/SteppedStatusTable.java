package dev.imagemirror.operator.chaos;

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

/** A status table whose calls are stepped. */
record SteppedStatusTable(StatusTable target, SteppedPorts steps) implements StatusTable {
    @Override
    public EntryRecords load(EntryKey key) {
        return steps.call("load", () -> target.load(key));
    }

    @Override
    public void scan(Consumer<EntryStatus> entries, Consumer<PairStatus> pairs, Consumer<UnreadableItem> unreadable) {
        steps.run("scan", () -> target.scan(entries, pairs, unreadable));
    }

    @Override
    public boolean write(EntryStatus status) {
        return steps.call("write", () -> target.write(status));
    }

    @Override
    public boolean write(PairStatus status) {
        return steps.call("write", () -> target.write(status));
    }

    @Override
    public ClaimResult claim(MirrorRow row, List<PairStatus> pairs) {
        return steps.call("claim", () -> target.claim(row, pairs));
    }

    @Override
    public boolean change(List<PairStatus> pairs) {
        return steps.call("change", () -> target.change(pairs));
    }

    @Override
    public EntryKey own(ImageReference destination, EntryKey key) {
        return steps.call("own", () -> target.own(destination, key));
    }

    @Override
    public Optional<Owner> ownerOf(ImageReference destination) {
        return steps.call("ownerOf", () -> target.ownerOf(destination));
    }

    @Override
    public boolean exchange(ImageReference destination, Owner from, EntryKey to) {
        return steps.call("exchange", () -> target.exchange(destination, from, to));
    }

    @Override
    public boolean remove(PairStatus status) {
        return steps.call("remove", () -> target.remove(status));
    }

    @Override
    public boolean discard(UnreadableItem item) {
        return steps.call("discard", () -> target.discard(item));
    }

    @Override
    public boolean remove(EntryStatus status) {
        return steps.call("remove", () -> target.remove(status));
    }
}
