package dev.imagemirror.operator.web;

import dev.imagemirror.image.Redaction;
import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.SyncState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Filters, sorts and pages the catalog's entries. Thread-safe. */
final class MirrorList {
    private final EntryCatalog catalog;

    MirrorList(EntryCatalog catalog) {
        this.catalog = catalog;
    }

    private record Row(
            EntryView entry, SyncState state, @Nullable Instant driftedSince) {
        static Row of(EntryView entry) {
            return new Row(entry, entry.state(), entry.driftedSince());
        }
    }

    private static final Comparator<Instant> OLDEST_FIRST = Comparator.nullsLast(Comparator.naturalOrder());

    /** A page: the requested entries and the total count. */
    Map<String, Object> page(MirrorQuery query) {
        List<Row> matching = catalog.entries().stream()
                .filter(entry -> isInState(entry, query.state()) && hasWords(entry, query.text()))
                .map(Row::of)
                .sorted(order(query))
                .toList();
        return new Fields()
                .put("total", matching.size())
                .put("offset", query.offset())
                .put("limit", query.limit())
                .put(
                        "entries",
                        matching.stream()
                                .skip(query.offset())
                                .limit(query.limit())
                                .map(row -> EntryDocument.summary(row.entry()))
                                .toList())
                .map();
    }

    /**
     * One entry, by its key or the key as displayed.
     *
     * @throws WebException if there is none
     */
    Map<String, Object> entry(String source) {
        EntryView found = source.isEmpty() ? null : catalog.entry(new EntryKey(source));
        if (found == null && source.contains("[hidden]")) {
            found = catalog.entries().stream()
                    .filter(entry -> entry.key().toString().equals(source))
                    .findFirst()
                    .orElse(null);
        }
        if (found == null) {
            throw WebException.notFound(
                    "no entry '" + Redaction.ofReference(source) + "'; list them at /api/v1/mirrors");
        }
        return EntryDocument.withRow(found);
    }

    /** An entry is in each of its pairs' states, but in sync only if all pairs are. */
    private static boolean isInState(EntryView entry, @Nullable SyncState state) {
        return state == null || (state == SyncState.IN_SYNC ? entry.state() == state : entry.isIn(state));
    }

    private static boolean hasWords(EntryView entry, List<String> words) {
        return words.stream().allMatch(word -> word.isEmpty() || texts(entry).anyMatch(text -> isShownIn(text, word)));
    }

    /**
     * True if the word occurs in the displayed text, so that nobody can probe what is hidden; most texts need no
     * redaction for this.
     */
    private static boolean isShownIn(String text, String word) {
        boolean mayBe = contains(text, word) || word.contains("[") || word.contains("]");
        return mayBe && contains(Redaction.of(text), word);
    }

    private static boolean contains(String text, String word) {
        return text.toLowerCase(Locale.ROOT).contains(word);
    }

    private static Stream<String> texts(EntryView entry) {
        Object destination =
                entry.row() == null ? null : entry.row().attributes().get(MirrorRow.DESTINATION);
        Stream<String> ofEntry =
                Stream.of(entry.key().toString(), entry.word(), entry.reason(), String.valueOf(destination));
        return Stream.concat(ofEntry, entry.pairs().stream().flatMap(MirrorList::texts));
    }

    private static Stream<String> texts(PairStatus pair) {
        String reason =
                pair.state().reason() == null ? "" : pair.state().reason().word();
        return Stream.of(
                pair.destination().toString(),
                pair.state().word(),
                reason,
                pair.state().message());
    }

    private static Comparator<Row> order(MirrorQuery query) {
        Comparator<Row> bySource = Comparator.comparing(row -> row.entry().key());
        Comparator<Row> first = switch (query.sort()) {
            case STATE -> Comparator.comparing(Row::state);
            case SOURCE -> bySource;
            case DRIFT -> Comparator.comparing(Row::driftedSince, OLDEST_FIRST);
            case SEEN -> Comparator.comparing(row -> row.entry().status().observedAt(), OLDEST_FIRST);
            case PAIRS -> Comparator.comparingInt(row -> row.entry().pairs().size());
        };
        return (query.isReversed() ? first.reversed() : first).thenComparing(bySource);
    }
}
