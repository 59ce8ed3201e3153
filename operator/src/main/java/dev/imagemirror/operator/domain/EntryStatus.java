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
 * Summary of one entry; the {@code #entry} item of the status table.
 *
 * @param key the entry
 * @param summary what there is to say
 * @param tags by source tag (the digest's text for a source without one)
 * @param observedAt of the last pass that was written; null before the first
 * @param version of the item as read; 0 if it is not in the table yet
 */
public record EntryStatus(
        EntryKey key,
        Summary summary,
        Map<String, SourceTag> tags,
        @Nullable Instant observedAt,
        long version) {

    /**
     * The row as a pass read it.
     *
     * @param revision echoes the row's, if it has one
     * @param fingerprint of its attributes; null before the first pass
     * @param notices what is odd about it, although it may be valid
     */
    public record RowSeen(
            @Nullable String revision, @Nullable String fingerprint, List<String> notices) {
        /** No row. */
        public static final RowSeen NONE = new RowSeen(null, null, List.of());

        /** Copies the list; what is empty counts as absent, and what is long is cut. */
        public RowSeen {
            revision = StoredText.orNull(revision);
            fingerprint = StoredText.orNull(fingerprint);
            notices = StoredText.lines(notices);
        }

        /** What is to be remembered of a row, and what is odd about it. */
        public static RowSeen of(MirrorRow row, List<String> notices) {
            Object revision = row.attributes().get(MirrorRow.REVISION);
            return new RowSeen(revision instanceof String text ? text : null, row.fingerprint(), notices);
        }

        /** The same with more notices. */
        public RowSeen with(Collection<String> others) {
            List<String> more = new ArrayList<>(notices);
            more.addAll(others);
            return others.isEmpty() ? this : new RowSeen(revision, fingerprint, more);
        }

        /** True if the row has another revision now. */
        boolean isOlderThan(MirrorRow row) {
            return row.attributes().get(MirrorRow.REVISION) instanceof String now
                    && !now.isEmpty()
                    && !StoredText.of(now).equals(revision);
        }
    }

    /**
     * The summary proper.
     *
     * @param row as the pass read it
     * @param ready every pair is in sync for the digest last seen
     * @param counts pairs by state
     * @param problems why the row is invalid, or empty
     * @param message what hinders the whole entry (a tag list that cannot be read), or empty
     */
    public record Summary(RowSeen row, boolean ready, StateCounts counts, List<String> problems, String message) {
        /** Copies the list, and cuts what is long. */
        public Summary {
            problems = StoredText.lines(problems);
            message = StoredText.of(message);
        }

        /** Message prefix of entries with items that are not processed. */
        private static final String REFUSED = "unreadable items in the status table: ";

        /** What is left of a summary that a newer operator wrote. */
        public Summary refused(String fault) {
            return new Summary(row, false, counts, List.of(), refusal(fault));
        }

        /** Message of an entry with items that are not processed. */
        public static String refusal(String fault) {
            return REFUSED + fault;
        }

        /** True if the entry has items that are not processed. */
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

    /** An entry that has never been reconciled. */
    public static EntryStatus fresh(EntryKey key) {
        return new EntryStatus(key, Summary.NONE, Map.of(), null, 0);
    }

    /** This status at another version. */
    public EntryStatus at(long newVersion) {
        return new EntryStatus(key, summary, tags, observedAt, newVersion);
    }

    /** True if nothing differs but the instant of the observation and the version. */
    public boolean saysTheSameAs(EntryStatus other) {
        return summary.equals(other.summary) && tags.equals(other.tags);
    }
}
