package dev.imagemirror.operator.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The resources of a template that a set of parameters makes, with all functions worked out. A resource's name stands for what
 * CloudFormation would know it by ({@code EventQueue}, {@code EventQueue.Arn}). A reference to a resource that this stack does
 * not have is refused, as by the service.
 */
public final class Stack {
    private final Map<String, JsonNode> resources = new LinkedHashMap<>();
    private final JsonNode outputs;
    private final Functions functions;

    Stack(Template template, Map<String, String> parameters) {
        functions = new Functions(template, parameters);
        outputs = template.content().path("Outputs");
        template.content().path("Resources").properties().forEach(resource -> {
            JsonNode content = resource.getValue();
            if (!content.has("Condition")
                    || functions.holds(content.path("Condition").asText())) {
                resources.put(resource.getKey(), functions.value(content));
            }
        });
    }

    /** By name. */
    public Map<String, JsonNode> resources() {
        return resources;
    }

    /** Whether the stack has the resource. */
    public boolean has(String resource) {
        return resources.containsKey(resource);
    }

    /** The properties of a resource that the stack has. */
    public JsonNode properties(String resource) {
        if (!has(resource)) {
            throw new IllegalArgumentException(resource + " is none of " + resources.keySet());
        }
        return resources.get(resource).path("Properties");
    }

    /** The value of an output that the template declares. */
    public String output(String name) {
        if (!outputs.has(name)) {
            throw new IllegalArgumentException("no output " + name);
        }
        return functions.value(outputs.path(name).path("Value")).asText();
    }
}
