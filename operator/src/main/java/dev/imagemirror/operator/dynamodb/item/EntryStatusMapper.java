package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.EntryStatus.Summary;
import dev.imagemirror.operator.domain.SourceTag;
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.domain.SyncState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Maps an entry's status to and from its {@code #entry} item. */
public final class EntryStatusMapper {
    private static final String REVISION = "Revision";
    private static final String FINGERPRINT = "RowFingerprint";
    private static final String NOTICES = "Notices";
    private static final String READY = "Ready";
    private static final String COUNTS = "Counts";
    private static final String PROBLEMS = "Problems";
    private static final String TAGS = "Tags";
    private static final String CURRENT = "Current";
    private static final String SINCE = "Since";
    private static final String CHANGES = "Changes";
    private static final String KNOWN = "Known";

    /** Attributes that a write sets or removes; key, version and schema are up to the table. */
    public static final List<String> ATTRIBUTES = List.of(
            REVISION, FINGERPRINT, NOTICES, READY, COUNTS, PROBLEMS, StatusItem.MESSAGE, TAGS, StatusItem.OBSERVED_AT);

    private EntryStatusMapper() {}

    /** The {@link #ATTRIBUTES} to set. */
    public static Map<String, AttributeValue> attributes(EntryStatus status) {
        Summary summary = status.summary();
        return new ItemWriter()
                .text(REVISION, summary.row().revision())
                .text(FINGERPRINT, summary.row().fingerprint())
                .texts(NOTICES, summary.row().notices())
                .bool(READY, summary.ready())
                .map(COUNTS, summary.counts().byWord(), count -> StatusItem.number(count))
                .texts(PROBLEMS, summary.problems())
                .text(StatusItem.MESSAGE, summary.message())
                .map(TAGS, status.tags(), tag -> AttributeValue.fromM(tagFields(tag)))
                .instant(StatusItem.OBSERVED_AT, status.observedAt())
                .item();
    }

    /** The status, as far as it is readable. */
    static EntryStatus status(Map<String, AttributeValue> item) {
        ItemReader fields = ItemReader.of(item);
        Summary summary = new Summary(
                new EntryStatus.RowSeen(fields.text(REVISION), fields.text(FINGERPRINT), fields.texts(NOTICES)),
                fields.bool(READY),
                counts(fields),
                fields.texts(PROBLEMS),
                fields.text(StatusItem.MESSAGE, ""));
        EntryStatus status = new EntryStatus(
                StatusItem.entryOf(item),
                summary,
                fields.values(TAGS, (inner, tag) -> inner.map(tag, EntryStatusMapper::tag)),
                fields.instant(StatusItem.OBSERVED_AT),
                StatusItem.version(fields));
        if (ItemReader.isNewer(item)) {
            return new EntryStatus(
                    status.key(),
                    summary.refused(StatusItem.newer("the summary", item)),
                    status.tags(),
                    status.observedAt(),
                    status.version());
        }
        // without a timestamp it is stale, so the next pass rewrites it
        return fields.faults().isEmpty()
                ? status
                : new EntryStatus(status.key(), summary, status.tags(), null, status.version());
    }

    /** Skips states that only a newer operator knows. */
    private static StateCounts counts(ItemReader fields) {
        Map<SyncState, Integer> counts = new EnumMap<>(SyncState.class);
        fields.values(COUNTS, ItemReader::count).forEach((word, count) -> {
            SyncState state = SyncState.of(word);
            if (state != null) {
                counts.put(state, count);
            }
        });
        return new StateCounts(counts);
    }

    private static Map<String, AttributeValue> tagFields(SourceTag tag) {
        return new ItemWriter()
                .text(CURRENT, tag.current())
                .instant(SINCE, tag.since())
                .number(CHANGES, tag.changes())
                .texts(KNOWN, tag.known())
                .item();
    }

    private static SourceTag tag(ItemReader fields) {
        return new SourceTag(
                fields.digest(CURRENT),
                fields.required(SINCE, fields.instant(SINCE)),
                fields.count(CHANGES),
                fields.list(KNOWN, value -> Digest.parse(value.s())));
    }
}
