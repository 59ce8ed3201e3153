package dev.imagemirror.operator.dynamodb.item;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Collects attributes; null, empty and zero values are omitted and read back as such. Instants are ISO 8601, to be
 * readable.
 */
final class ItemWriter {
    private final Map<String, AttributeValue> item = new LinkedHashMap<>();

    /** Adds the value's text, unless null or empty. */
    ItemWriter text(String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            item.put(name, AttributeValue.fromS(value.toString()));
        }
        return this;
    }

    ItemWriter number(String name, long value) {
        if (value != 0) {
            item.put(name, StatusItem.number(value));
        }
        return this;
    }

    ItemWriter instant(String name, @Nullable Instant value) {
        if (value == null) {
            return this;
        }
        boolean isReadable = !value.isBefore(ItemReader.FIRST) && !value.isAfter(ItemReader.LAST);
        return text(name, isReadable ? value : value.isBefore(ItemReader.FIRST) ? ItemReader.FIRST : ItemReader.LAST);
    }

    ItemWriter bool(String name, boolean value) {
        item.put(name, AttributeValue.fromBool(value));
        return this;
    }

    ItemWriter texts(String name, Collection<?> values) {
        if (!values.isEmpty()) {
            item.put(name, AttributeValue.fromL(Values.texts(values)));
        }
        return this;
    }

    <T> ItemWriter maps(String name, List<T> values, Function<T, Map<String, AttributeValue>> fields) {
        if (!values.isEmpty()) {
            item.put(
                    name,
                    AttributeValue.fromL(values.stream()
                            .map(fields)
                            .map(AttributeValue::fromM)
                            .toList()));
        }
        return this;
    }

    <T> ItemWriter map(String name, Map<String, T> values, Function<? super T, AttributeValue> meaning) {
        if (!values.isEmpty()) {
            Map<String, AttributeValue> inner = new LinkedHashMap<>();
            values.forEach((key, value) -> inner.put(key, meaning.apply(value)));
            item.put(name, AttributeValue.fromM(inner));
        }
        return this;
    }

    Map<String, AttributeValue> item() {
        return item;
    }
}
