package dev.imagemirror.operator.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.operator.domain.LowerCamel;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.Problem;
import dev.imagemirror.operator.domain.entry.RowAttribute;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Converts row attributes to and from policy fields. */
final class PolicyFields {
    /** The field holding the row's key. */
    static final String SOURCE = "source";

    private final Map<String, RowAttribute<?>> attributes;

    /** @param attributes the fields of one map */
    PolicyFields(List<RowAttribute<?>> attributes) {
        this.attributes = attributes.stream()
                .collect(Collectors.toMap(
                        RowAttribute::field, Function.identity(), (one, other) -> other, LinkedHashMap::new));
    }

    /** Field names, in order. */
    List<String> names() {
        return List.copyOf(attributes.keySet());
    }

    /**
     * Reads a field into its row attribute.
     *
     * @param where location prefix for errors
     * @param row attributes by name; receives this one
     * @param errors called with the location and message of each error
     * @return false if there is no such field
     */
    boolean read(
            String where, String field, JsonNode value, Map<String, Object> row, BiConsumer<String, String> errors) {
        RowAttribute<?> attribute = attributes.get(field);
        if (attribute == null) {
            return false;
        }
        boolean isMap = !attribute.members().isEmpty() && value.isObject();
        row.put(
                attribute.name(),
                isMap ? members(where + field + ".", attribute, value, errors) : NeutralValues.of(value));
        return true;
    }

    private static Map<String, Object> members(
            String where, RowAttribute<?> attribute, JsonNode map, BiConsumer<String, String> errors) {
        Map<String, String> members = members(attribute);
        Map<String, Object> read = new TreeMap<>();
        map.properties().forEach(field -> {
            String member = members.get(field.getKey());
            if (member == null) {
                errors.accept(
                        where + field.getKey(),
                        "is not a field; expected one of " + String.join(", ", members.keySet()));
            } else {
                read.put(member, NeutralValues.of(field.getValue()));
            }
        });
        return read;
    }

    /** The fields of a valid row; unset attributes have none. */
    Map<String, Object> write(MirrorEntry entry, MirrorRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        attributes.forEach((field, attribute) -> attribute
                .canonical(entry.options(), row.attributes())
                .ifPresent(value -> fields.put(field, written(attribute, value))));
        return fields;
    }

    private static Object written(RowAttribute<?> attribute, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        members(attribute).forEach((field, member) -> {
            if (map.containsKey(member)) {
                fields.put(field, map.get(member));
            }
        });
        return fields;
    }

    /** Member names by field name. */
    private static Map<String, String> members(RowAttribute<?> attribute) {
        Map<String, String> members = new LinkedHashMap<>();
        attribute.members().forEach(member -> members.put(LowerCamel.of(member), member));
        return members;
    }

    /** Location of a row's problem in its policy. */
    static String place(String mirror, Problem problem) {
        String[] path = problem.attribute().split("\\.", 2);
        Optional<RowAttribute<?>> attribute = RowAttributes.ALL.stream()
                .filter(one -> one.name().equals(path[0]))
                .findFirst();
        String first = attribute.<String>map(RowAttribute::field).orElseGet(() -> LowerCamel.of(path[0]));
        String field = Stream.concat(Stream.of(first), Stream.of(path).skip(1).map(LowerCamel::of))
                .collect(Collectors.joining("."));
        boolean isCommon = attribute.filter(RowAttributes.OF_SPEC::contains).isPresent();
        return (isCommon ? "spec" : mirror) + "." + field;
    }
}
