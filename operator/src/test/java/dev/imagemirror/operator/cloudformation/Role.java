package dev.imagemirror.operator.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A role of a stack.
 *
 * @param services who may take it
 * @param allowed by action, the resources
 */
record Role(Set<String> services, Map<String, Set<String>> allowed) {
    /** Reads one; statements that do anything but allow are refused. */
    static Role of(Stack stack, String name) {
        JsonNode properties = stack.properties(name);
        Map<String, Set<String>> allowed = new TreeMap<>();
        for (JsonNode statement : properties.at("/Policies/0/PolicyDocument/Statement")) {
            if (!statement.path("Effect").asText().equals("Allow")) {
                throw new IllegalArgumentException("only what is allowed is understood: " + statement);
            }
            for (String action : texts(statement.path("Action"))) {
                allowed.computeIfAbsent(action, unknown -> new TreeSet<>()).addAll(texts(statement.path("Resource")));
            }
        }
        JsonNode trust = properties.at("/AssumeRolePolicyDocument/Statement/0/Principal/Service");
        return new Role(Set.copyOf(texts(trust)), allowed);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
