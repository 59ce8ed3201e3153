package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.PairColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads attributes of an item, or of a map in it. A lenient reader treats a malformed attribute as absent and records
 * it; a strict one throws.
 */
public final class ItemReader implements PairColumn.Source {
    /**
     * Limit of {@link Instant#toString} with a four-digit year: adding a duration to such an instant cannot overflow.
     */
    static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final BigDecimal SCHEMA = BigDecimal.valueOf(StatusItem.SCHEMA);
    private static final int MAX_COUNT = 1_000_000_000;

    private final Map<String, AttributeValue> item;
    /** Null in a strict reader. */
    private final @Nullable List<String> faults;

    private ItemReader(Map<String, AttributeValue> item, @Nullable List<String> faults) {
        this.item = item;
        this.faults = faults;
    }

    public static ItemReader of(Map<String, AttributeValue> item) {
        return new ItemReader(item, new ArrayList<>());
    }

    private static ItemReader strict(Map<String, AttributeValue> item) {
        return new ItemReader(item, null);
    }

    /** True if a newer operator wrote the item. */
    public static boolean isNewer(Map<String, AttributeValue> item) {
        AttributeValue schema = item.get(StatusItem.SCHEMA_VERSION);
        return schema != null && schema.n() != null && new BigDecimal(schema.n()).compareTo(SCHEMA) > 0;
    }

    /** Malformed attributes so far. */
    List<String> faults() {
        return faults == null ? List.of() : List.copyOf(faults);
    }

    /** The attribute, or {@code absent} if there is none. */
    <T> T get(String name, Function<AttributeValue, T> meaning, T absent) {
        T value = find(name, meaning);
        return value == null ? absent : value;
    }

    /** The attribute, if there is one. */
    <T> @Nullable T find(String name, Function<AttributeValue, T> meaning) {
        AttributeValue value = item.get(name);
        if (value == null) {
            return null;
        }
        try {
            return Objects.requireNonNull(meaning.apply(value), "it has the wrong type");
        } catch (RuntimeException e) {
            String fault = "attribute " + name + " cannot be read: " + e.getMessage();
            if (faults == null) {
                throw new IllegalArgumentException(fault, e);
            }
            faults.add(fault);
            return null;
        }
    }

    String text(String name, String absent) {
        return get(name, ItemReader::shared, absent);
    }

    @Nullable
    String text(String name) {
        return find(name, ItemReader::shared);
    }

    long number(String name, long absent) {
        return get(name, value -> Long.valueOf(value.n()), absent);
    }

    /** A counter. */
    @Override
    public int count(String name) {
        return get(
                name,
                value -> {
                    long number = Long.parseLong(value.n());
                    return number < 0 || number > MAX_COUNT ? null : Integer.valueOf((int) number);
                },
                0);
    }

    boolean bool(String name) {
        return get(name, AttributeValue::bool, false);
    }

    @Override
    public @Nullable Instant instant(String name) {
        return find(name, value -> {
            Instant instant = Instant.parse(value.s());
            return instant.isBefore(FIRST) || instant.isAfter(LAST) ? null : instant;
        });
    }

    @Override
    public @Nullable Digest digest(String name) {
        return find(name, value -> Digest.parse(value.s()));
    }

    @Nullable
    ImageReference reference(String name) {
        return find(name, value -> ImageReference.parse(value.s()));
    }

    List<String> texts(String name) {
        return list(name, value -> Objects.requireNonNull(value.s(), "an element has the wrong type"));
    }

    <T> List<T> list(String name, Function<AttributeValue, T> meaning) {
        return get(name, value -> value.hasL() ? value.l().stream().map(meaning).toList() : null, List.of());
    }

    /** The maps of a list; a lenient reader skips malformed ones. */
    <T> List<T> maps(String name, Function<ItemReader, T> meaning) {
        if (faults == null) {
            return list(name, value -> meaning.apply(inside(value)));
        }
        List<AttributeValue> elements = list(name, value -> value);
        return elements.stream()
                .map(element -> new ItemReader(Map.of(name, element), faults).map(name, meaning))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The values of a map; a lenient reader skips malformed ones. */
    <T> Map<String, T> values(String name, BiFunction<ItemReader, String, T> meaning) {
        Map<String, AttributeValue> inner = get(name, value -> value.hasM() ? value.m() : null, Map.of());
        ItemReader reader = new ItemReader(inner, faults);
        Map<String, T> values = new TreeMap<>();
        for (String key : inner.keySet()) {
            T value = meaning.apply(reader, key);
            if (value != null) {
                values.put(key.intern(), value);
            }
        }
        return values;
    }

    /** The map, if there is one. */
    <T> @Nullable T map(String name, Function<ItemReader, T> meaning) {
        return find(name, value -> meaning.apply(inside(value)));
    }

    /** A required field of this map. */
    <T> T required(String name, @Nullable T value) {
        return Objects.requireNonNull(value, () -> name + " is missing");
    }

    /** The attributes' names. */
    Set<String> names() {
        return item.keySet();
    }

    /** Interns texts: most repeat across the items of a large table. */
    private static @Nullable String shared(AttributeValue value) {
        return value.s() == null ? null : value.s().intern();
    }

    private ItemReader inside(AttributeValue value) {
        if (!value.hasM()) {
            throw new IllegalArgumentException("it is not a map");
        }
        return strict(value.m());
    }
}
