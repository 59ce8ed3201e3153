package dev.imagemirror.operator.cli.view;

import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.entry.EntryOptions;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.Notices;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.domain.entry.Problem;
import dev.imagemirror.operator.domain.entry.RowAttribute;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import dev.imagemirror.operator.text.Amounts;
import dev.imagemirror.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Everything about one entry, for display. */
public final class EntryDetails {
    private final EntryView entry;
    private final Duration standardInterval;
    private final Instant now;
    private final Details details = new Details();

    public EntryDetails(EntryView entry, Duration standardInterval, Instant now) {
        this.entry = entry;
        this.standardInterval = standardInterval;
        this.now = now;
    }

    public List<String> lines() {
        details.heading(entry.key().toString());
        EntryOptions options = row();
        details.addAll("notices", entry.row() == null ? List.of() : Notices.of(entry.row()));
        NextAction nextAction = new NextAction(entry, options, standardInterval, now);
        details.add("ready", entry.ready().word());
        details.add("why", entry.reason());
        details.add("recorded", Amounts.instant(entry.status().observedAt(), now));
        if (entry.row() != null) {
            details.add(
                    "interval",
                    Span.of(nextAction.interval())
                            + (options.has(RowAttributes.INTERVAL) ? "" : " (from loop.interval)"));
            details.add(
                    "next pass",
                    Amounts.instant(nextAction.nextPass(), now) + " at the latest, if an operator is running");
        }
        entry.pairs().forEach(pair -> new PairDetails(entry, pair, options, now).addTo(details, nextAction));
        return details.lines();
    }

    /** Adds the parsed row, and returns its options. */
    private EntryOptions row() {
        if (entry.row() == null) {
            details.add("row", "gone");
            return EntryOptions.DEFAULT;
        }
        ParsedEntry parsed = EntryParser.parse(entry.row());
        if (parsed instanceof ParsedEntry.Valid valid) {
            valid(valid.entry());
            return valid.entry().options();
        }
        details.add("row", "invalid");
        details.addAll(
                "problems",
                ((ParsedEntry.Invalid) parsed)
                        .problems().stream().map(Problem::toString).toList());
        return EntryOptions.DEFAULT;
    }

    private void valid(MirrorEntry row) {
        details.add("source", row.source());
        for (RowAttribute<?> attribute : RowAttributes.ALL) {
            details.addAll(attribute.label(), attribute.explain(row.options(), at -> Amounts.instant(at, now)));
        }
    }
}
