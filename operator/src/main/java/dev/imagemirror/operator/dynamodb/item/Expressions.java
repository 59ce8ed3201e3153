package dev.imagemirror.operator.dynamodb.item;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Builds an expression with placeholders: names always use them, because many are reserved words. Values may be as
 * large as an item; only the expression text is limited (4 KB).
 */
public final class Expressions {
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();
    private final List<String> conditions = new ArrayList<>();
    private final List<String> sets = new ArrayList<>();
    private final List<String> removes = new ArrayList<>();

    /** The placeholder for an attribute name. */
    public String name(String attribute) {
        names.put("#" + attribute, attribute);
        return "#" + attribute;
    }

    /** The placeholder for a value. */
    String value(AttributeValue value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }

    /** Sets the attribute, or removes it if {@code value} is null. */
    public Expressions set(String attribute, @Nullable AttributeValue value) {
        if (value == null) {
            removes.add(name(attribute));
        } else {
            sets.add(name(attribute) + " = " + value(value));
        }
        return this;
    }

    /** Sets the attribute if the item lacks it. */
    public Expressions setNew(String attribute, AttributeValue value) {
        sets.add("%1$s = if_not_exists(%1$s, %2$s)".formatted(name(attribute), value(value)));
        return this;
    }

    /** Increments a number, starting from 0. */
    public Expressions raise(String attribute) {
        sets.add("%1$s = if_not_exists(%1$s, %2$s) + %3$s"
                .formatted(name(attribute), value(AttributeValue.fromN("0")), value(AttributeValue.fromN("1"))));
        return this;
    }

    /** Requires the attribute to have the value, or to be absent if {@code value} is null. */
    public Expressions require(String attribute, @Nullable AttributeValue value) {
        conditions.add(
                value == null
                        ? "attribute_not_exists(" + name(attribute) + ")"
                        : name(attribute) + " = " + value(value));
        return this;
    }

    /** Requires the attribute to differ from the value. */
    Expressions requireNot(String attribute, AttributeValue value) {
        conditions.add(name(attribute) + " <> " + value(value));
        return this;
    }

    /** Requires the item to exist, by its key attribute. */
    public Expressions requireExistence(String key) {
        conditions.add("attribute_exists(" + name(key) + ")");
        return this;
    }

    /** Requires the attribute to be absent or to satisfy the comparison. */
    public Expressions requireAbsentOr(String attribute, String comparison, AttributeValue value) {
        String name = name(attribute);
        conditions.add("(attribute_not_exists(%1$s) OR %1$s %2$s %3$s)".formatted(name, comparison, value(value)));
        return this;
    }

    /** Requires that the item does not exist, judged by its key attribute, or that another attribute has the value. */
    public Expressions requireNoneOr(String key, String attribute, AttributeValue value) {
        conditions.add("(attribute_not_exists(" + name(key) + ") OR " + name(attribute) + " = " + value(value) + ")");
        return this;
    }

    public @Nullable String condition() {
        return conditions.isEmpty() ? null : String.join(" AND ", conditions);
    }

    public String update() {
        return clause("SET ", sets) + clause(" REMOVE ", removes);
    }

    public @Nullable Map<String, String> names() {
        return names.isEmpty() ? null : names;
    }

    public @Nullable Map<String, AttributeValue> values() {
        return values.isEmpty() ? null : values;
    }

    private static String clause(String verb, List<String> parts) {
        return parts.isEmpty() ? "" : verb + String.join(", ", parts);
    }
}
