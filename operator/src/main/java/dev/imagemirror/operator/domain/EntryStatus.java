package dev.imagemirror.operator.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Summary of one entry; the {@code #entry} item of the status table.
 *
 * @param key the entry
 * @param summary what there is to say
 * @param tags by source tag (the digest's text for a source without one)
 * @param observedAt of the last pass that was written, or null
 * @param version of the item as read; 0 if it is not in the table yet
 */
public record EntryStatus(
        EntryKey key, Summary summary, Map<String, SourceTag> tags, Instant observedAt, long version) {

    /**
     * The summary proper.
     *
     * @param revision echoes the row's, or null
     * @param fingerprint of the row as the pass read it, or null before the first
     * @param ready every pair is in sync for the digest last seen
     * @param counts pairs by the word of their state
     * @param problems why the row is invalid, or empty
     * @param message what hinders the whole entry (a tag list that cannot be read), or empty
     */
    public record Summary(
            String revision,
            String fingerprint,
            boolean ready,
            Map<String, Integer> counts,
            List<String> problems,
            String message) {
        /** Copies the collections. */
        public Summary {
            counts = Collections.unmodifiableMap(new TreeMap<>(counts));
            problems = List.copyOf(problems);
        }

        /** Nothing known. */
        public static final Summary NONE = new Summary(null, null, false, Map.of(), List.of(), "");
    }

    /** Copies the map. */
    public EntryStatus {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** An entry that was never looked at. */
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
