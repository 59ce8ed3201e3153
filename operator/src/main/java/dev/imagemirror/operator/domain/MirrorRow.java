package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A raw row of the mirror table, not yet parsed.
 *
 * <p>Values are neutral: {@code String} (S), {@code BigDecimal} (N), {@code Boolean} (BOOL), {@code List<Object>} (L),
 * {@code Map<String, Object>} (M), {@code Set<String>} (SS); values of other types are kept unconverted and rejected by
 * {@code EntryParser}. A claim requires all values to be unchanged.
 *
 * @param key the {@code Source} attribute
 * @param attributes the row's {@code RowAttributes}, by name; those needed to manage rows have constants here
 * @param ignored names of other attributes, where read; they have no meaning and are preserved
 */
public record MirrorRow(EntryKey key, Map<String, Object> attributes, Set<String> ignored) {
    /** Destinations of the source. */
    public static final String DESTINATION = "Destination";
    /** Epoch seconds after which the row counts as deleted. */
    public static final String EXPIRES = "Expires";
    /** {@code cluster/namespace/name} or {@code file/name}. */
    public static final String MANAGED_BY = "ManagedBy";
    /** Hash of the declared spec. */
    public static final String REVISION = "Revision";

    /** Copies the collections. */
    public MirrorRow {
        attributes = attributes.size() == 1 // most have one
                ? Map.copyOf(attributes)
                : Collections.unmodifiableMap(new TreeMap<>(attributes));
        ignored = Set.copyOf(ignored);
    }

    /** A row without ignored attributes. */
    public MirrorRow(EntryKey key, Map<String, Object> attributes) {
        this(key, attributes, Set.of());
    }

    /** Short hash of the attributes, stable across processes. */
    public String fingerprint() {
        byte[] text = ordered(attributes).toString().getBytes(StandardCharsets.UTF_8);
        return Digest.sha256(text).hex().substring(0, 16);
    }

    /** True if the row has expired, even if otherwise invalid. */
    public boolean isExpired(Instant now) {
        return attributes.get(EXPIRES) instanceof BigDecimal expires
                && expires.compareTo(BigDecimal.valueOf(now.getEpochSecond())) <= 0;
    }

    private static Object ordered(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> sorted = new TreeMap<>();
            map.forEach((name, inner) -> sorted.put(name, ordered(inner)));
            return sorted;
        }
        if (value instanceof Set<?> set) {
            return set.stream().map(String::valueOf).sorted().toList();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(MirrorRow::ordered).toList();
        }
        return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : String.valueOf(value);
    }

    /** The row without its manager and the attributes that come with one. */
    public MirrorRow released() {
        Map<String, Object> rest = new TreeMap<>(attributes);
        rest.keySet().removeAll(List.of(MANAGED_BY, REVISION));
        return new MirrorRow(key, rest);
    }
}
