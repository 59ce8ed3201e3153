package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.program.CommandFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Reads entries for display. */
final class EntryViews {
    private final Map<EntryKey, MirrorRow> rows = new ConcurrentHashMap<>();
    private final Map<EntryKey, EntryStatus> summaries = new ConcurrentHashMap<>();
    private final Map<EntryKey, Collection<PairStatus>> pairs = new ConcurrentHashMap<>();

    private final Map<EntryKey, Collection<UnreadableItem>> unreadable = new ConcurrentHashMap<>();

    private EntryViews() {}

    /**
     * The entries matching {@code source}, or all if it is null; worst first.
     *
     * @throws CommandFailure if none matches
     */
    static List<EntryView> read(Ports ports, @Nullable String source) {
        EntryViews views = new EntryViews();
        ports.mirrors().scan(row -> views.rows.put(row.key(), row));
        ports.statuses()
                .scan(
                        summary -> views.summaries.put(summary.key(), summary),
                        pair -> add(views.pairs, pair.entry(), pair),
                        item -> add(views.unreadable, item.entry(), item));
        Collection<EntryKey> keys = source == null ? views.keys() : Entries.named(views.keys(), source);
        return keys.stream().map(views::view).sorted(EntryView.ORDER).toList();
    }

    /** Reads the current state of one entry. */
    static EntryView of(Ports ports, EntryKey key) {
        return ports.statuses().load(key).view(ports.mirrors().load(key).orElse(null));
    }

    private static <T> void add(Map<EntryKey, Collection<T>> all, EntryKey key, T one) {
        all.computeIfAbsent(key, unknown -> new ConcurrentLinkedQueue<>()).add(one);
    }

    private Set<EntryKey> keys() {
        Set<EntryKey> keys = new TreeSet<>(rows.keySet());
        keys.addAll(summaries.keySet());
        keys.addAll(pairs.keySet());
        keys.addAll(unreadable.keySet());
        return keys;
    }

    private EntryView view(EntryKey key) {
        return new EntryView(
                key,
                rows.get(key),
                summaries.getOrDefault(key, EntryStatus.fresh(key)),
                new ArrayList<>(pairs.getOrDefault(key, List.of())),
                new ArrayList<>(unreadable.getOrDefault(key, List.of())));
    }
}
