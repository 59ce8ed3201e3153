package dev.imagemirror.operator.reconcile.dry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.ForwardingStatusTable;
import dev.imagemirror.operator.port.StatusTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads a status table; keeps all writes in memory. Thread-safe. */
final class DryStatusTable extends ForwardingStatusTable {
    private record Item(EntryKey entry, ImageReference destination) {}

    private final Map<EntryKey, EntryStatus> entries = new ConcurrentHashMap<>();
    private final Map<EntryKey, Map<ImageReference, PairStatus>> pairs = new ConcurrentHashMap<>();
    private final Map<ImageReference, EntryKey> owners = new ConcurrentHashMap<>();
    private final Set<Item> forgotten = ConcurrentHashMap.newKeySet();

    DryStatusTable(StatusTable real) {
        super(real);
    }

    /** The entry's status after the writes so far. */
    EntryRecords after(EntryKey key) {
        EntryRecords stored = load(key);
        Map<ImageReference, PairStatus> all = new LinkedHashMap<>();
        stored.pairs().forEach(pair -> all.put(pair.identity(), pair));
        all.putAll(pairs.getOrDefault(key, Map.of()));
        all.keySet().removeIf(destination -> forgotten.contains(new Item(key, destination)));
        return new EntryRecords(entries.getOrDefault(key, stored.entry()), List.copyOf(all.values()), stored.refused());
    }

    @Override
    public boolean write(EntryStatus status) {
        entries.put(status.key(), status);
        return true;
    }

    @Override
    public boolean write(PairStatus status) {
        pairs.computeIfAbsent(status.entry(), key -> new ConcurrentHashMap<>()).put(status.identity(), status);
        return true;
    }

    @Override
    public ClaimResult claim(MirrorRow row, List<PairStatus> claimed) {
        claimed.forEach(this::write);
        return new ClaimResult.Claimed();
    }

    @Override
    public boolean change(List<PairStatus> changed) {
        changed.forEach(this::write);
        return true;
    }

    @Override
    public EntryKey own(ImageReference destination, EntryKey key) {
        return ownerOf(destination)
                .map(Owner::entry)
                .orElseGet(() -> owners.computeIfAbsent(destination.identity(), unowned -> key));
    }

    @Override
    public Optional<Owner> ownerOf(ImageReference destination) {
        EntryKey owner = owners.get(destination.identity());
        return owner == null ? super.ownerOf(destination) : Optional.of(new Owner(owner, 0));
    }

    @Override
    public boolean exchange(ImageReference destination, Owner from, EntryKey to) {
        owners.put(destination.identity(), to);
        return true;
    }

    @Override
    public boolean remove(PairStatus status) {
        forgotten.add(new Item(status.entry(), status.identity()));
        return true;
    }

    @Override
    public boolean discard(UnreadableItem item) {
        return true;
    }

    @Override
    public boolean remove(EntryStatus status) {
        entries.put(status.key(), EntryStatus.fresh(status.key()));
        return true;
    }
}
