package dev.imagemirror.operator.web;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.PairColumns;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.SourceTag;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Entries for API clients, as ordered maps: names are those of the status table's attributes in lower camel case, and
 * stable. A claim's parameters and environment are left out.
 */
public final class EntryDocument {
    private EntryDocument() {}

    /** The full entry. */
    public static Map<String, Object> of(EntryView entry) {
        Fields fields = new Fields()
                .text("source", entry.key())
                .text("ready", entry.ready().word())
                .text("state", entry.word())
                .text("reason", entry.reason())
                .text("revision", entry.status().summary().row().revision())
                .put("counts", entry.counts().byWord())
                .put("problems", entry.problems())
                .text("message", entry.blocker())
                .text("driftedSince", entry.driftedSince())
                .text("observedAt", entry.status().observedAt());
        Map<String, Object> tags = new LinkedHashMap<>();
        entry.status().tags().forEach((name, tag) -> tags.put(name, tag(tag)));
        return fields.put("tags", tags)
                .put("pairs", entry.pairs().stream().map(EntryDocument::pair).toList())
                .map();
    }

    /** The full entry, with the row's attributes. */
    static Map<String, Object> withRow(EntryView entry) {
        Map<String, Object> document = new LinkedHashMap<>(of(entry));
        if (entry.row() != null) {
            Map<String, Object> row = new TreeMap<>();
            entry.row().attributes().forEach((name, value) -> row.put(name, neutral(value)));
            document.put("row", row);
        }
        return document;
    }

    /** An entry in a list: without its pairs. */
    static Map<String, Object> summary(EntryView entry) {
        return new Fields()
                .text("source", entry.key())
                .text("ready", entry.ready().word())
                .text("state", entry.word())
                .text("reason", entry.reason())
                .put("counts", entry.counts().byWord())
                .put("pairs", entry.pairs().size())
                .text("driftedSince", entry.driftedSince())
                .text("observedAt", entry.status().observedAt())
                .map();
    }

    private static Map<String, Object> tag(SourceTag tag) {
        return new Fields()
                .text("current", tag.current())
                .text("since", tag.since())
                .put("changes", tag.changes())
                .put("known", tag.known().stream().map(Object::toString).toList())
                .map();
    }

    private static Map<String, Object> pair(PairStatus pair) {
        Fields fields = new Fields()
                .text("sourceReference", pair.pair().source())
                .text("sourceTag", pair.pair().source().tag())
                .text("destination", pair.destination())
                .text("state", pair.state().word())
                .text("drift", pair.state().drift().word())
                .text("phase", pair.state().phase().word());
        if (pair.state().reason() != null) {
            Advice advice = Advice.of(pair.state().reason(), pair.entry());
            fields.text("reason", pair.state().reason().word())
                    .text("reasonInWords", advice.words())
                    .text("nextAction", advice.action());
        }
        fields.text("message", pair.state().message());
        PairColumns.ALL.forEach(column -> column.write(pair, fields));
        return fields.put("claim", pair.claim() == null ? null : claim(pair.claim()))
                .put(
                        "history",
                        pair.progress().history().stream()
                                .map(EntryDocument::copy)
                                .toList())
                .map();
    }

    private static Map<String, Object> claim(Claim claim) {
        return new Fields()
                .text("id", claim.id())
                .text("claimant", claim.claimant())
                .put("epoch", claim.epoch())
                .text("claimedAt", claim.claimedAt())
                .text("digest", claim.digest())
                .text("jobId", claim.jobId())
                .text("queue", claim.job().queue())
                .text("definition", claim.job().definition())
                .put("deadlineSeconds", claim.job().deadlineSeconds())
                .map();
    }

    private static Map<String, Object> copy(CopyRecord copy) {
        return new Fields()
                .text("digest", copy.digest())
                .text("endedAt", copy.endedAt())
                .text("jobId", copy.jobId())
                .text("outcome", copy.outcome())
                .put("bytes", copy.bytes())
                .text("duration", copy.duration())
                .map();
    }

    /** A row's value as JSON; types that no valid attribute has become text. */
    private static Object neutral(Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(EntryDocument::neutral).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> fields = new TreeMap<>();
            map.forEach((name, each) -> fields.put(String.valueOf(name), neutral(each)));
            return fields;
        }
        return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
    }
}
