package dev.imagemirror.operator.cli.view;

import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.domain.SyncState;
import dev.imagemirror.operator.text.Amounts;
import dev.imagemirror.operator.text.Cell;
import dev.imagemirror.operator.text.StateColor;
import dev.imagemirror.operator.text.StateColor.Tone;
import dev.imagemirror.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Entries as a table: one line per entry, with its problems and, if requested, pairs below, and the counts at the end.
 */
public final class StatusText {
    private static final int SHORTEST_LINE = 40;

    private final int most;
    private final boolean withPairs;
    private final StateColor ink;
    private final Instant now;
    private final int width;

    /**
     * @param isWide lines are not truncated, and each pair has one
     * @param withPairs each pair has a line
     * @param width maximum line width, unless wide; 0 for unlimited
     */
    public StatusText(boolean isWide, boolean withPairs, StateColor ink, Instant now, int width) {
        this.most = isWide ? Cell.WIDE : Cell.MOST;
        this.withPairs = withPairs || isWide;
        this.ink = ink;
        this.now = now;
        this.width = isWide || width == 0 ? Integer.MAX_VALUE : Math.max(SHORTEST_LINE, width);
    }

    public List<String> lines(List<EntryView> entries) {
        List<String> lines = new ArrayList<>();
        if (!entries.isEmpty()) {
            List<String> table = table(entries);
            lines.add(fitted(table.get(0)));
            for (int i = 0; i < entries.size(); i++) {
                EntryView entry = entries.get(i);
                lines.add(ink.of(tone(entry.state()), fitted(table.get(i + 1))));
                lines.addAll(beneath(entry));
            }
        }
        lines.add(fitted(footer(entries)));
        return lines;
    }

    /** Where reasons would get less than a third of the width, sources are cut at the front, down to a third. */
    private List<String> table(List<EntryView> entries) {
        List<String> whole = table(entries, Integer.MAX_VALUE);
        int source = longest(entries, this::source);
        int reason = longest(entries, entry -> reason(entry.reason()));
        int table = whole.stream().mapToInt(String::length).max().orElse(0);
        int excess = table - Math.max(0, reason - width / 3) - width;
        return excess <= 0 ? whole : table(entries, Math.max(width / 3, source - excess));
    }

    private static int longest(List<EntryView> entries, Function<EntryView, String> cell) {
        return entries.stream().map(cell).mapToInt(String::length).max().orElse(0);
    }

    private List<String> table(List<EntryView> entries, int source) {
        Columns columns = new Columns(Cell.WIDE);
        columns.add("SOURCE", "READY", "PAIRS", "DRIFT", "RECORDED", "REASON");
        entries.forEach(entry -> columns.add(
                ended(source(entry), source),
                entry.ready().word(),
                entry.counts().isEmpty() ? "-" : entry.counts().text(),
                age(entry.driftedSince()),
                age(entry.status().observedAt()),
                reason(entry.reason())));
        return columns.lines();
    }

    private List<String> beneath(EntryView entry) {
        List<String> lines = new ArrayList<>();
        if (entry.problems().size() > 1) {
            entry.problems().forEach(problem -> lines.add(ink.of(Tone.BAD, fitted("    " + reason(problem)))));
        }
        if (withPairs) {
            List<String> pairs = pairs(entry);
            for (int i = 0; i < pairs.size(); i++) {
                lines.add(ink.of(tone(entry.pairs().get(i).state().syncState()), fitted("    " + pairs.get(i))));
            }
        }
        return lines;
    }

    private List<String> pairs(EntryView entry) {
        Columns columns = new Columns(Cell.WIDE);
        for (PairStatus pair : entry.pairs()) {
            columns.add(
                    Cell.of(pair.pair().source().toString(), most) + " -> "
                            + Cell.of(pair.destination().toString(), most),
                    pair.state().word(),
                    age(pair.times().lastTransitionAt()),
                    reason(EntryView.reason(pair)));
        }
        return columns.lines();
    }

    private static String footer(List<EntryView> entries) {
        StateCounts counts = StateCounts.of(
                entries.stream().flatMap(entry -> entry.pairs().stream()).toList());
        long ready = entries.stream()
                .filter(entry -> entry.ready() == EntryView.Ready.TRUE)
                .count();
        return Amounts.count(entries.size(), "entry", "entries") + ", " + ready + " ready; "
                + Amounts.count(counts.total(), "pair", "pairs")
                + (counts.isEmpty() ? "" : ": " + counts.text());
    }

    private static Tone tone(SyncState state) {
        return switch (state) {
            case IN_SYNC -> Tone.GOOD;
            case BLOCKED -> Tone.BAD;
            default -> Tone.OPEN;
        };
    }

    private String age(@Nullable Instant since) {
        return since == null ? "-" : Span.of(Duration.between(since, now));
    }

    private String source(EntryView entry) {
        return Cell.of(entry.key().toString(), most);
    }

    /** Messages may be longer than references. */
    private String reason(String text) {
        return Cell.of(text.replace('\n', ' '), Cell.WIDE);
    }

    /** The end of a reference matters more than its beginning. */
    private static String ended(String text, int most) {
        return text.length() <= most ? text : "…" + text.substring(text.length() - most + 1);
    }

    private String fitted(String line) {
        return line.length() <= width ? line : line.substring(0, width - 1) + "…";
    }
}
