package dev.imagemirror.operator.catalog;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All entries as read by a listing; parts equal to what was known before are shared with it. Thread-safe. */
final class CatalogListing implements TableReading {
    private final long begin;
    private final long losses;
    private final Function<EntryKey, EntryView> known;
    private final Consumer<CatalogListing> whenRead;
    private final Map<EntryKey, MirrorRow> rows = new ConcurrentHashMap<>();
    private final Map<EntryKey, EntryStatus> summaries = new ConcurrentHashMap<>();
    private final Map<EntryKey, Queue<PairStatus>> pairs = new ConcurrentHashMap<>();
    private final Map<EntryKey, Queue<UnreadableItem>> unreadable = new ConcurrentHashMap<>();

    /**
     * @param begin of the listing, by the catalog's clock
     * @param losses how often changes may have been missed before that
     * @param known an entry as known so far, or null
     * @param whenRead called at the end
     */
    CatalogListing(long begin, long losses, Function<EntryKey, EntryView> known, Consumer<CatalogListing> whenRead) {
        this.begin = begin;
        this.losses = losses;
        this.known = known;
        this.whenRead = whenRead;
    }

    long begin() {
        return begin;
    }

    long losses() {
        return losses;
    }

    @Override
    public void row(MirrorRow row) {
        rows.put(row.key(), kept(row.key(), EntryView::row, row));
    }

    @Override
    public void summary(EntryStatus summary) {
        summaries.put(summary.key(), kept(summary.key(), EntryView::status, summary));
    }

    @Override
    public void pair(PairStatus pair) {
        pairs.computeIfAbsent(pair.entry(), key -> new ConcurrentLinkedQueue<>())
                .add(kept(pair));
    }

    @Override
    public void unreadable(UnreadableItem item) {
        unreadable
                .computeIfAbsent(item.entry(), key -> new ConcurrentLinkedQueue<>())
                .add(item);
    }

    @Override
    public void end() {
        whenRead.accept(this);
    }

    /** All entries found in either table. */
    Set<EntryKey> keys() {
        Set<EntryKey> keys = new HashSet<>(rows.keySet());
        keys.addAll(summaries.keySet());
        keys.addAll(pairs.keySet());
        keys.addAll(unreadable.keySet());
        return keys;
    }

    /** One entry as read. */
    EntryView view(EntryKey key) {
        EntryStatus summary = summaries.getOrDefault(key, EntryStatus.fresh(key));
        return new EntryView(key, rows.get(key), summary, listed(pairs.get(key)), listed(unreadable.get(key)));
    }

    private static <T> List<T> listed(@Nullable Queue<T> ofKey) {
        return ofKey == null ? List.of() : List.copyOf(ofKey);
    }

    /** Otherwise a large table would be in memory twice during a listing. */
    private <T> T kept(EntryKey key, Function<EntryView, T> part, T read) {
        EntryView before = known.apply(key);
        return before != null && read.equals(part.apply(before)) ? part.apply(before) : read;
    }

    private PairStatus kept(PairStatus read) {
        EntryView before = known.apply(read.entry());
        List<PairStatus> ofEntry = before == null ? List.of() : before.pairs();
        return ofEntry.stream().filter(read::equals).findFirst().orElse(read);
    }
}
