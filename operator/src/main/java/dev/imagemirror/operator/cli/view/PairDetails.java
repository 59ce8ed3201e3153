package dev.imagemirror.operator.cli.view;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.PairColumn;
import dev.imagemirror.operator.domain.PairColumns;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Retry;
import dev.imagemirror.operator.domain.SourceTag;
import dev.imagemirror.operator.domain.entry.EntryOptions;
import dev.imagemirror.operator.text.Amounts;
import dev.imagemirror.operator.text.Cell;
import dev.imagemirror.text.ByteSize;
import dev.imagemirror.text.Span;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about one pair, for display. */
final class PairDetails {
    private final EntryView entry;
    private final PairStatus pair;
    private final EntryOptions options;
    private final Instant now;

    PairDetails(EntryView entry, PairStatus pair, EntryOptions options, Instant now) {
        this.entry = entry;
        this.pair = pair;
        this.options = options;
        this.now = now;
    }

    void addTo(Details details, NextAction nextAction) {
        details.heading(pair.pair().source() + " -> " + pair.destination());
        String since = Amounts.instant(pair.times().lastTransitionAt(), now);
        details.add("state", pair.state().word() + " since " + since);
        details.add("why", EntryView.reason(pair));
        details.add("source", orElse(pair.seen().source(), "unknown"));
        details.add("destination", orElse(pair.seen().destination(), "missing or unknown"));
        PairColumn.Sink lines = new Lines(details, now);
        PairColumns.ALL.forEach(column -> column.explain(pair, lines));
        quarantine(details);
        if (pair.claim() != null) {
            claim(details, pair.claim());
        }
        failures(details, pair.progress().retry());
        details.addAll("history", history());
        details.add("next", nextAction.of(pair));
    }

    private record Lines(Details details, Instant now) implements PairColumn.Sink {
        @Override
        public void digest(String label, @Nullable Digest value) {
            details.add(label, orElse(value, "unknown"));
        }

        @Override
        public void instant(String label, @Nullable Instant value) {
            details.add(label, Amounts.instant(value, now));
        }

        @Override
        public void count(String label, int value) {
            details.add(label, value);
        }
    }

    private void quarantine(Details details) {
        SourceTag tag =
                entry.status().tags().get(String.valueOf(pair.pair().source().tag()));
        if (tag == null || tag.current() == null || options.minAge().isZero()) {
            return;
        }
        details.add(
                "quarantine",
                "the tag has pointed to " + tag.current() + " since " + Amounts.instant(tag.since(), now)
                        + "; copied from " + Amounts.instant(tag.ripeAt(options.minAge()), now));
    }

    private void claim(Details details, Claim claim) {
        details.add("job", claim.jobName() + " (" + orElse(claim.jobId(), "id not recorded yet") + ")");
        details.add("job copies", claim.digest());
        details.add(
                "claimed",
                Amounts.instant(claim.claimedAt(), now) + " by " + claim.claimant() + ", epoch " + claim.epoch());
    }

    private void failures(Details details, Retry retry) {
        if (retry.attempts() > 0) {
            details.add("failures", retry.attempts() + " in a row for " + retry.digest());
        }
        if (retry.divergences() > 0) {
            details.add("divergences", retry.divergences() + " in a row for " + retry.digest());
        }
    }

    private List<String> history() {
        Columns columns = new Columns(Cell.WIDE);
        for (CopyRecord copy : pair.progress().history()) {
            columns.add(
                    Amounts.instant(copy.endedAt(), now),
                    copy.outcome(),
                    copy.duration().isZero() ? "-" : Span.of(copy.duration()),
                    copy.bytes() == 0 ? "-" : ByteSize.of(copy.bytes()),
                    String.valueOf(copy.digest()),
                    "job " + orElse(copy.jobId(), "unknown"));
        }
        return columns.lines();
    }

    private static String orElse(@Nullable Object value, String otherwise) {
        return value == null ? otherwise : value.toString();
    }
}
