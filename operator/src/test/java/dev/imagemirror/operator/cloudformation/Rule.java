package dev.imagemirror.operator.cloudformation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.StreamSupport;

/**
 * A rule of EventBridge: which events it matches, and what its target is given. Source: "Event patterns" and "Input
 * transformation", Amazon EventBridge User Guide; of patterns, values and {@code exists} only.
 *
 * @param properties of the resource
 */
record Rule(JsonNode properties) {
    private static final ObjectMapper JSON = new ObjectMapper();

    boolean matches(JsonNode event) {
        return matches(properties.path("EventPattern"), event);
    }

    private static boolean matches(JsonNode pattern, JsonNode event) {
        return pattern.properties().stream().allMatch(field -> {
            JsonNode wanted = field.getValue();
            JsonNode value = event.path(field.getKey());
            return wanted.isArray()
                    ? StreamSupport.stream(wanted.spliterator(), false).anyMatch(each -> isOne(each, value))
                    : matches(wanted, value);
        });
    }

    private static boolean isOne(JsonNode wanted, JsonNode value) {
        return wanted.has("exists") ? wanted.path("exists").asBoolean() != value.isMissingNode() : wanted.equals(value);
    }

    JsonNode target() {
        return properties.at("/Targets/0");
    }

    /** What the target is given of an event, by its transformer. */
    JsonNode input(JsonNode event) throws JsonProcessingException {
        JsonNode transformer = target().path("InputTransformer");
        String text = transformer.path("InputTemplate").asText();
        for (var path : transformer.path("InputPathsMap").properties()) {
            String pointer = path.getValue().asText().replace("$", "").replace(".", "/");
            text = text.replace(
                    "<" + path.getKey() + ">",
                    JSON.writeValueAsString(event.at(pointer).asText()));
        }
        return JSON.readTree(text);
    }
}
