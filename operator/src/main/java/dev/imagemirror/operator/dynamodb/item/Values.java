package dev.imagemirror.operator.dynamodb.item;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Converts attribute values to and from neutral Java values: S, N, BOOL, L, M and SS as {@code String},
 * {@code BigDecimal}, {@code Boolean}, {@code List}, {@code Map} and {@code Set}; other types stay
 * {@link AttributeValue}s.
 */
public final class Values {
    private Values() {}

    static Object neutral(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> new BigDecimal(value.n());
            case BOOL -> value.bool();
            case L -> value.l().stream().map(Values::neutral).toList();
            case M -> neutral(value.m());
            case SS -> Collections.unmodifiableSet(new TreeSet<>(value.ss()));
            default -> value;
        };
    }

    public static AttributeValue attribute(Object value) {
        if (value instanceof AttributeValue same) {
            return same;
        }
        if (value instanceof String text) {
            return AttributeValue.fromS(text);
        }
        if (value instanceof Number number) {
            return AttributeValue.fromN(number instanceof BigDecimal big ? big.toPlainString() : number.toString());
        }
        if (value instanceof Boolean bool) {
            return AttributeValue.fromBool(bool);
        }
        return collection(value);
    }

    private static AttributeValue collection(Object value) {
        if (value instanceof Set<?> set) {
            return AttributeValue.fromSs(set.stream().map(String.class::cast).toList());
        }
        if (value instanceof Collection<?> list) {
            return AttributeValue.fromL(list.stream().map(Values::attribute).toList());
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, AttributeValue> attributes = new LinkedHashMap<>();
            map.forEach((name, inner) -> attributes.put((String) name, attribute(inner)));
            return AttributeValue.fromM(attributes);
        }
        throw new IllegalArgumentException("no DynamoDB type for " + value.getClass());
    }

    private static Map<String, Object> neutral(Map<String, AttributeValue> attributes) {
        Map<String, Object> values = new LinkedHashMap<>();
        attributes.forEach((name, value) -> values.put(name, neutral(value)));
        return Collections.unmodifiableMap(values);
    }

    static List<AttributeValue> texts(Collection<?> values) {
        return values.stream()
                .map(value -> AttributeValue.fromS(value.toString()))
                .toList();
    }
}
