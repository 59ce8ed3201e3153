package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads attributes of an item, or of a map in it. An attribute that is there but cannot be understood is an error, unless
 * the item was written by a newer schema: then it counts as absent.
 */
final class ItemReader {
    private final Map<String, AttributeValue> item;
    private final boolean lenient;

    private ItemReader(Map<String, AttributeValue> item, boolean lenient) {
        this.item = item;
        this.lenient = lenient;
    }

    static ItemReader of(Map<String, AttributeValue> item) {
        return new ItemReader(item, isNewer(item));
    }

    /** True if a newer operator wrote the item. */
    static boolean isNewer(Map<String, AttributeValue> item) {
        AttributeValue schema = item.get(StatusItem.SCHEMA_VERSION);
        return schema != null && schema.n() != null && Double.parseDouble(schema.n()) > StatusItem.SCHEMA;
    }

    /** True if what cannot be understood counts as absent. */
    boolean isLenient() {
        return lenient;
    }

    /** The attribute, or {@code absent} if there is none. */
    <T> T get(String name, Function<AttributeValue, T> meaning, T absent) {
        AttributeValue value = item.get(name);
        if (value == null) {
            return absent;
        }
        try {
            return Objects.requireNonNull(meaning.apply(value), "it has another type");
        } catch (RuntimeException e) {
            if (lenient) {
                return absent;
            }
            throw new IllegalArgumentException("attribute " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    String text(String name, String absent) {
        return get(name, ItemReader::shared, absent);
    }

    long number(String name, long absent) {
        return get(name, value -> Long.valueOf(value.n()), absent);
    }

    boolean bool(String name) {
        return get(name, AttributeValue::bool, false);
    }

    Instant instant(String name) {
        return get(name, value -> Instant.parse(value.s()), null);
    }

    Digest digest(String name) {
        return get(name, value -> Digest.parse(value.s()), null);
    }

    ImageReference reference(String name) {
        return get(name, value -> ImageReference.parse(value.s()), null);
    }

    List<String> texts(String name) {
        return list(name, value -> Objects.requireNonNull(value.s(), "an element has another type"));
    }

    <T> List<T> list(String name, Function<AttributeValue, T> meaning) {
        return get(name, value -> value.hasL() ? value.l().stream().map(meaning).toList() : null, List.of());
    }

    /** The maps of a list. */
    <T> List<T> maps(String name, Function<ItemReader, T> meaning) {
        return list(name, value -> meaning.apply(inside(value)));
    }

    /** The map, or null if there is none. */
    <T> T map(String name, Function<ItemReader, T> meaning) {
        return get(name, value -> meaning.apply(inside(value)), null);
    }

    /** A field of this map, which needs it. */
    <T> T required(String name, T value) {
        return Objects.requireNonNull(value, () -> name + " is missing");
    }

    /** The attributes' names. */
    Set<String> names() {
        return item.keySet();
    }

    /** Most texts are the same in many items, of which large tables are full. */
    private static String shared(AttributeValue value) {
        return value.s() == null ? null : value.s().intern();
    }

    private ItemReader inside(AttributeValue value) {
        if (!value.hasM()) {
            throw new IllegalArgumentException("it is no map");
        }
        return new ItemReader(value.m(), false);
    }
}
