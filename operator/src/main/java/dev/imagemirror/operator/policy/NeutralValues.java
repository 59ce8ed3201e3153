package dev.imagemirror.operator.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.operator.domain.MirrorRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Converts YAML values to the neutral values of {@link MirrorRow}. */
final class NeutralValues {
    private NeutralValues() {}

    static Object of(JsonNode node) {
        if (node.isNumber()) {
            return node.decimalValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(element -> list.add(of(element)));
            return list;
        }
        if (node.isObject()) {
            Map<String, Object> map = new TreeMap<>();
            node.properties().forEach(field -> map.put(field.getKey(), of(field.getValue())));
            return map;
        }
        return node.asText("");
    }
}
