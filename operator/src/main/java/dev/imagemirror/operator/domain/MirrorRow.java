package dev.imagemirror.operator.domain;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A row of the mirror table as it was read, not yet understood.
 *
 * <p>Values are neutral: {@code String} (S), {@code BigDecimal} (N), {@code Boolean} (BOOL), {@code List<Object>} (L),
 * {@code Map<String, Object>} (M), {@code Set<String>} (SS); any other type is given as it is and refused by
 * {@link EntryParser}. A claim is made on the condition that they are still the same.
 *
 * @param key the {@code Source} attribute
 * @param attributes those of {@link #ATTRIBUTES} that the row has; unknown ones are left out
 */
public record MirrorRow(EntryKey key, Map<String, Object> attributes) {
    /** One reference, several separated by commas, a set or a list. */
    public static final String DESTINATION = "Destination";
    /** Epoch seconds after which the row counts as deleted. */
    public static final String EXPIRES = "Expires";
    /** Map of {@link #INCLUDE}, {@link #EXCLUDE}, {@link #SEMVER}, {@link #LATEST}. */
    public static final String TAGS = "Tags";
    /** List of globs. */
    public static final String INCLUDE = "Include";
    /** List of globs. */
    public static final String EXCLUDE = "Exclude";
    /** A semver range. */
    public static final String SEMVER = "Semver";
    /** How many of the highest. */
    public static final String LATEST = "Latest";
    /** Duration such as {@code 15m}. */
    public static final String INTERVAL = "Interval";
    /** Duration such as {@code 24h}. */
    public static final String MIN_AGE = "MinAge";
    /** Boolean. */
    public static final String SUSPEND = "Suspend";
    /** Boolean. */
    public static final String REFERRERS = "Referrers";
    /** {@code cluster/namespace/name} or {@code file/name}. */
    public static final String MANAGED_BY = "ManagedBy";
    /** Hash of the declared spec. */
    public static final String REVISION = "Revision";

    /** All attributes that mean something, beside the key. */
    public static final List<String> ATTRIBUTES =
            List.of(DESTINATION, EXPIRES, TAGS, INTERVAL, MIN_AGE, SUSPEND, REFERRERS, MANAGED_BY, REVISION);

    /** Copies what it knows of the attributes. */
    public MirrorRow {
        Map<String, Object> known = new TreeMap<>(attributes);
        known.keySet().retainAll(ATTRIBUTES);
        attributes = Collections.unmodifiableMap(known);
    }

    /** The row without its manager and what goes with that. */
    public MirrorRow released() {
        Map<String, Object> rest = new TreeMap<>(attributes);
        rest.keySet().removeAll(List.of(MANAGED_BY, REVISION));
        return new MirrorRow(key, rest);
    }
}
