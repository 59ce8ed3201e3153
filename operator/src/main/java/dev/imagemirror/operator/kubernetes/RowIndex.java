package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Indexes the catalog's rows by manager, and unmanaged ones by source. Thread-safe. */
final class RowIndex {
    /** Index position of a row. */
    private record Place(@Nullable String manager, @Nullable ImageReference source) {
        static final Place NONE = new Place(null, null);
    }

    private final EntryCatalog catalog;
    private final Consumer<String> changed;
    private final Map<EntryKey, Place> places = new HashMap<>();
    private final Map<String, Set<EntryKey>> managed = new HashMap<>();
    private final Map<ImageReference, Set<EntryKey>> unowned = new HashMap<>();

    /**
     * Follows the catalog from now on.
     *
     * @param changed called with an entry's manager on any change of the entry
     */
    RowIndex(EntryCatalog catalog, Consumer<String> changed) {
        this.catalog = catalog;
        this.changed = changed;
        catalog.onChange(this::note);
        catalog.entries().forEach(entry -> note(entry.key()));
    }

    /** Rows of this manager. */
    List<MirrorRow> managedBy(String manager) {
        return rows(managed, manager);
    }

    /** Valid unmanaged rows with this source. */
    List<MirrorRow> unowned(ImageReference source) {
        return rows(unowned, source.identity());
    }

    private <K> List<MirrorRow> rows(Map<K, Set<EntryKey>> index, K name) {
        List<EntryKey> keys;
        synchronized (this) {
            keys = index.getOrDefault(name, Set.of()).stream().sorted().toList();
        }
        return keys.stream()
                .map(catalog::entry)
                .filter(Objects::nonNull)
                .map(EntryView::row)
                .filter(Objects::nonNull)
                .toList();
    }

    private void note(EntryKey key) {
        Set<String> managers = new HashSet<>();
        synchronized (this) { // read inside, so that the last thread in sees the latest entry
            EntryView entry = catalog.entry(key);
            Place now = entry == null || entry.row() == null ? Place.NONE : place(entry.row());
            managers.add(now.manager());
            managers.add(move(key, now).manager());
        }
        managers.add(key.owner());
        managers.stream().filter(Objects::nonNull).forEach(changed);
    }

    private Place move(EntryKey key, Place now) {
        Place before = now.equals(Place.NONE) ? places.remove(key) : places.put(key, now);
        if (before != null && !before.equals(now)) {
            drop(managed, before.manager(), key);
            drop(unowned, before.source(), key);
        }
        add(managed, now.manager(), key);
        add(unowned, now.source(), key);
        return before == null ? Place.NONE : before;
    }

    private static Place place(MirrorRow row) {
        if (row.attributes().containsKey(MirrorRow.MANAGED_BY)) {
            return new Place(String.valueOf(row.attributes().get(MirrorRow.MANAGED_BY)), null);
        }
        MirrorEntry entry = WantedRows.entry(row);
        return entry == null ? Place.NONE : new Place(null, entry.source().identity());
    }

    private static <K> void add(Map<K, Set<EntryKey>> index, @Nullable K name, EntryKey key) {
        if (name != null) {
            index.computeIfAbsent(name, unknown -> new HashSet<>()).add(key);
        }
    }

    private static <K> void drop(Map<K, Set<EntryKey>> index, @Nullable K name, EntryKey key) {
        if (name != null) {
            index.computeIfPresent(name, (same, keys) -> {
                keys.remove(key);
                return keys.isEmpty() ? null : keys;
            });
        }
    }
}
