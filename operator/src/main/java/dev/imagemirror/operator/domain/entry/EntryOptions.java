package dev.imagemirror.operator.domain.entry;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values of a row's attributes. Immutable, thread-safe.
 *
 * @param values by attribute, each of the attribute's type; attributes that are absent or set to their default have
 *     none
 */
public record EntryOptions(Map<RowAttribute<?>, Object> values) {
    /** All defaults. */
    public static final EntryOptions DEFAULT = new EntryOptions(Map.of());

    /** Copies the map. */
    public EntryOptions {
        values = Map.copyOf(values);
    }

    /** True if the attribute is set; for flags, set to true. */
    public boolean has(RowAttribute<?> attribute) {
        return values.containsKey(attribute);
    }

    /** The attribute's value, if set. */
    @SuppressWarnings("unchecked") // each value has its attribute's type
    public <T> Optional<T> find(RowAttribute<T> attribute) {
        return Optional.ofNullable((T) values.get(attribute));
    }

    /** The attribute's value, or a default. */
    public <T> T get(RowAttribute<T> attribute, T otherwise) {
        return find(attribute).orElse(otherwise);
    }

    /** A copy with another value. */
    public <T> EntryOptions with(RowAttribute<T> attribute, T value) {
        Map<RowAttribute<?>, Object> more = new HashMap<>(values);
        more.put(attribute, value);
        return new EntryOptions(more);
    }

    /** How often digests are compared. */
    public Duration interval(Duration standard) {
        return get(RowAttributes.INTERVAL, standard);
    }

    /** How long a tag must point to a digest before it is copied; zero for immediately. */
    public Duration minAge() {
        return get(RowAttributes.MIN_AGE, Duration.ZERO);
    }

    /** Observe only; submit no jobs. */
    public boolean suspend() {
        return has(RowAttributes.SUSPEND);
    }

    /** Also copy signatures, SBOMs and attestations. */
    public boolean referrers() {
        return has(RowAttributes.REFERRERS);
    }
}
