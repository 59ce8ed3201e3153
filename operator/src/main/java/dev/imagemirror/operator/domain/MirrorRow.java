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
 * A row of the mirror table as it was read, not yet understood.
 *
 * <p>Values are neutral: {@code String} (S), {@code BigDecimal} (N), {@code Boolean} (BOOL), {@code List<Object>} (L),
 * {@code Map<String, Object>} (M), {@code Set<String>} (SS); any other type is given as it is and refused by
 * {@code EntryParser}. A claim is made on the condition that they are still the same.
 *
 * @param key the {@code Source} attribute
 * @param attributes those that the row has of {@code RowAttributes}, by name; some are named here, for they matter to
 *     whoever keeps rows
 * @param ignored names of others that it has, as far as they were read; they mean nothing, and are kept
 */
public record MirrorRow(EntryKey key, Map<String, Object> attributes, Set<String> ignored) {
    /** Where the source is copied to. */
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

    /** A row that has no other attributes. */
    public MirrorRow(EntryKey key, Map<String, Object> attributes) {
        this(key, attributes, Set.of());
    }

    /** Short text that is the same for equal attributes, in every process. */
    public String fingerprint() {
        byte[] text = ordered(attributes).toString().getBytes(StandardCharsets.UTF_8);
        return Digest.sha256(text).hex().substring(0, 16);
    }

    /** True if the row counts as deleted, whatever else is wrong with it. */
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

    /** The row without its manager and what goes with that. */
    public MirrorRow released() {
        Map<String, Object> rest = new TreeMap<>(attributes);
        rest.keySet().removeAll(List.of(MANAGED_BY, REVISION));
        return new MirrorRow(key, rest);
    }
}
