package dev.imagemirror.operator.e2e;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A role's policy document: statements that allow actions on resources, with {@code *} for any text. */
final class RolePolicy {
    private static final ObjectMapper PYTHON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private record Statement(List<String> actions, List<String> resources) {}

    private final List<Statement> statements = new ArrayList<>();

    /** @param document as moto gives it: JSON, or Python's text of it, with nulls for what a condition leaves out */
    RolePolicy(JsonNode document) throws IOException {
        JsonNode read =
                document.isTextual() ? PYTHON.readTree(document.asText().replaceAll("\\bNone\\b", "null")) : document;
        for (JsonNode statement : read.path("Statement")) {
            if (statement.isNull()) {
                continue;
            }
            if (!statement.path("Effect").asText().equals("Allow")) {
                throw new IllegalArgumentException("only what is allowed is understood: " + statement);
            }
            statements.add(new Statement(texts(statement.path("Action")), texts(statement.path("Resource"))));
        }
    }

    /** Every action that is allowed on something. */
    Set<String> actions() {
        Set<String> actions = new TreeSet<>();
        statements.forEach(statement -> actions.addAll(statement.actions()));
        return actions;
    }

    /**
     * Whether a call is allowed.
     *
     * @param resource an ARN, or null if it is not known what the call was about
     */
    boolean allows(String action, String resource) {
        return statements.stream()
                .filter(statement -> statement.actions().contains(action))
                .anyMatch(statement -> resource == null
                        || statement.resources().stream().anyMatch(pattern -> matches(pattern, resource)));
    }

    private static boolean matches(String pattern, String resource) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
        return resource.matches(regex);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(each -> {
            if (!each.isNull()) {
                texts.add(each.asText());
            }
        });
        return texts;
    }
}
