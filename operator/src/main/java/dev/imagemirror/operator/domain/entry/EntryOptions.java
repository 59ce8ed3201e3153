package dev.imagemirror.operator.domain.entry;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a row's attributes say. Immutable, thread-safe.
 *
 * @param values by attribute, each of the attribute's type; what a row leaves out, or sets to what goes without saying, has
 *     none
 */
public record EntryOptions(Map<RowAttribute<?>, Object> values) {
    /** Nothing special. */
    public static final EntryOptions DEFAULT = new EntryOptions(Map.of());

    /** Copies the map. */
    public EntryOptions {
        values = Map.copyOf(values);
    }

    /** True if the attribute says something; true ones of flags alone do. */
    public boolean has(RowAttribute<?> attribute) {
        return values.containsKey(attribute);
    }

    /** The attribute's value, if it says something. */
    @SuppressWarnings("unchecked") // each has its attribute's type
    public <T> Optional<T> find(RowAttribute<T> attribute) {
        return Optional.ofNullable((T) values.get(attribute));
    }

    /** The attribute's value, or another if it says nothing. */
    public <T> T get(RowAttribute<T> attribute, T otherwise) {
        return find(attribute).orElse(otherwise);
    }

    /** These with another value. */
    public <T> EntryOptions with(RowAttribute<T> attribute, T value) {
        Map<RowAttribute<?>, Object> more = new HashMap<>(values);
        more.put(attribute, value);
        return new EntryOptions(more);
    }

    /** How often digests are compared. */
    public Duration interval(Duration standard) {
        return get(RowAttributes.INTERVAL, standard);
    }

    /** How long a digest has to be its tag's current one before it is copied; zero for at once. */
    public Duration minAge() {
        return get(RowAttributes.MIN_AGE, Duration.ZERO);
    }

    /** Observe, but submit nothing. */
    public boolean suspend() {
        return has(RowAttributes.SUSPEND);
    }

    /** Signatures, SBOMs and attestations belong to the image. */
    public boolean referrers() {
        return has(RowAttributes.REFERRERS);
    }
}
