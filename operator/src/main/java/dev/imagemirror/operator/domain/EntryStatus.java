package dev.imagemirror.operator.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Status of one entry; the {@code #entry} item of the status table.
 *
 * @param key the entry
 * @param summary the entry's summary
 * @param tags digest ages by source tag (by digest if the source has no tag)
 * @param observedAt when the last recorded pass observed the entry; null before the first
 * @param version of the item as read; 0 if not in the table yet
 */
public record EntryStatus(
        EntryKey key,
        Summary summary,
        Map<String, SourceTag> tags,
        @Nullable Instant observedAt,
        long version) {

    /**
     * The row as read by a pass.
     *
     * @param revision the row's {@code Revision}, if any
     * @param fingerprint of the row's attributes; null before the first pass
     * @param notices warnings about the row, which may be valid nonetheless
     */
    public record RowSeen(
            @Nullable String revision, @Nullable String fingerprint, List<String> notices) {
        /** No row. */
        public static final RowSeen NONE = new RowSeen(null, null, List.of());

        /** Copies the list; empty values become null, long ones are truncated. */
        public RowSeen {
            revision = StoredText.orNull(revision);
            fingerprint = StoredText.orNull(fingerprint);
            notices = StoredText.lines(notices);
        }

        /** The row's revision and fingerprint, with its notices. */
        public static RowSeen of(MirrorRow row, List<String> notices) {
            Object revision = row.attributes().get(MirrorRow.REVISION);
            return new RowSeen(revision instanceof String text ? text : null, row.fingerprint(), notices);
        }

        /** A copy with additional notices. */
        public RowSeen with(Collection<String> others) {
            List<String> more = new ArrayList<>(notices);
            more.addAll(others);
            return others.isEmpty() ? this : new RowSeen(revision, fingerprint, more);
        }

        /** True if the row's revision has changed since. */
        boolean isOlderThan(MirrorRow row) {
            return row.attributes().get(MirrorRow.REVISION) instanceof String now
                    && !now.isEmpty()
                    && !StoredText.of(now).equals(revision);
        }
    }

    /**
     * Summary of one pass.
     *
     * @param row as read by the pass
     * @param ready true if every pair is in sync at the last observed digest
     * @param counts pairs by state
     * @param problems why the row is invalid; empty if valid
     * @param message what blocks the entry as a whole (such as an unreadable tag list), or empty
     */
    public record Summary(RowSeen row, boolean ready, StateCounts counts, List<String> problems, String message) {
        /** Copies the list and truncates long texts. */
        public Summary {
            problems = StoredText.lines(problems);
            message = StoredText.of(message);
        }

        /** Message prefix of entries with unprocessable items. */
        private static final String REFUSED = "unreadable items in the status table: ";

        /** What remains of a summary written by a newer operator. */
        public Summary refused(String fault) {
            return new Summary(row, false, counts, List.of(), refusal(fault));
        }

        /** Message for an entry with unprocessable items. */
        public static String refusal(String fault) {
            return REFUSED + fault;
        }

        /** True if the entry has unprocessable items. */
        public boolean isRefused() {
            return message.startsWith(REFUSED);
        }

        /** Nothing known. */
        public static final Summary NONE = new Summary(RowSeen.NONE, false, StateCounts.NONE, List.of(), "");
    }

    /** Copies the map. */
    public EntryStatus {
        tags = tags.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** Status of an entry never reconciled. */
    public static EntryStatus fresh(EntryKey key) {
        return new EntryStatus(key, Summary.NONE, Map.of(), null, 0);
    }

    /** A copy with another version. */
    public EntryStatus at(long newVersion) {
        return new EntryStatus(key, summary, tags, observedAt, newVersion);
    }

    /** Equality ignoring observation time and version. */
    public boolean saysTheSameAs(EntryStatus other) {
        return summary.equals(other.summary) && tags.equals(other.tags);
    }
}
