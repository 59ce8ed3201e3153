package dev.imagemirror.operator.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Intrinsic functions, for one set of parameters. Source: "Intrinsic function reference", AWS CloudFormation User Guide. */
final class Functions {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9:.]+)}");
    private static final Map<String, String> PSEUDO = Map.of(
            "AWS::Region", "eu-central-1",
            "AWS::AccountId", "123456789012",
            "AWS::Partition", "aws",
            "AWS::URLSuffix", "amazonaws.com",
            "AWS::StackName", "mirrors");

    private final JsonNode template;
    private final Map<String, JsonNode> parameters = new HashMap<>();

    Functions(Template template, Map<String, String> given) {
        this.template = template.content();
        this.template.path("Parameters").properties().forEach(parameter -> {
            JsonNode declared = parameter.getValue();
            String value = given.getOrDefault(
                    parameter.getKey(), declared.path("Default").asText());
            parameters.put(
                    parameter.getKey(),
                    declared.path("Type").asText().contains("List") ? split(",", value) : TextNode.valueOf(value));
        });
        if (!parameters.keySet().containsAll(given.keySet())) {
            throw new IllegalArgumentException("the template has no such parameters: " + given.keySet());
        }
    }

    boolean holds(String condition) {
        JsonNode declared = template.path("Conditions").path(condition);
        if (declared.isMissingNode()) {
            throw new IllegalArgumentException("no condition " + condition);
        }
        return value(declared).asBoolean();
    }

    /** A node without functions; null where it is {@code AWS::NoValue}. */
    JsonNode value(JsonNode node) {
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (JsonNode each : node) {
                JsonNode value = value(each);
                if (value != null) {
                    list.add(value);
                }
            }
            return list;
        }
        if (!node.isObject()) {
            return node;
        }
        String name = node.size() == 1 ? node.fieldNames().next() : "";
        if (name.equals("Ref") || name.equals("Condition") || name.startsWith("Fn::")) {
            return call(name, node.path(name));
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(field -> {
            JsonNode value = value(field.getValue());
            if (value != null) {
                object.set(field.getKey(), value);
            }
        });
        return object;
    }

    private JsonNode call(String name, JsonNode argument) {
        return switch (name) {
            case "Ref" -> reference(argument.asText());
            case "Condition" -> BooleanNode.valueOf(holds(argument.asText()));
            case "Fn::If" -> value(argument.path(holds(argument.path(0).asText()) ? 1 : 2));
            case "Fn::Sub" -> substituted(argument);
            case "Fn::GetAtt" ->
                TextNode.valueOf(resource(argument.path(0).asText()) + "."
                        + argument.path(1).asText());
            case "Fn::FindInMap" ->
                template.path("Mappings")
                        .path(argument.path(0).asText())
                        .path(value(argument.path(1)).asText())
                        .path(argument.path(2).asText());
            default -> ofValues(name, value(argument));
        };
    }

    private static JsonNode ofValues(String name, JsonNode values) {
        return switch (name) {
            case "Fn::Equals" ->
                BooleanNode.valueOf(
                        values.path(0).asText().equals(values.path(1).asText()));
            case "Fn::Not" -> BooleanNode.valueOf(!values.path(0).asBoolean());
            case "Fn::And" -> BooleanNode.valueOf(elements(values).allMatch(JsonNode::asBoolean));
            case "Fn::Or" -> BooleanNode.valueOf(elements(values).anyMatch(JsonNode::asBoolean));
            case "Fn::Split" -> split(values.path(0).asText(), values.path(1).asText());
            case "Fn::Select" -> values.path(1).path(values.path(0).asInt());
            case "Fn::Join" ->
                TextNode.valueOf(elements(values.path(1))
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(values.path(0).asText())));
            default -> throw new IllegalArgumentException("unknown function " + name);
        };
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private JsonNode reference(String name) {
        if (name.equals("AWS::NoValue")) {
            return null;
        }
        if (parameters.containsKey(name)) {
            return parameters.get(name);
        }
        return TextNode.valueOf(PSEUDO.containsKey(name) ? PSEUDO.get(name) : resource(name));
    }

    private String resource(String name) {
        JsonNode declared = template.path("Resources").path(name);
        boolean isLeftOut =
                declared.has("Condition") && !holds(declared.path("Condition").asText());
        if (declared.isMissingNode() || isLeftOut) {
            throw new IllegalArgumentException("this stack has no " + name);
        }
        return name;
    }

    private JsonNode substituted(JsonNode argument) {
        String text = argument.isArray() ? argument.path(0).asText() : argument.asText();
        JsonNode own = argument.isArray() ? value(argument.path(1)) : JsonNodeFactory.instance.objectNode();
        return TextNode.valueOf(VARIABLE.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            String value = own.has(name) ? own.path(name).asText() : variable(name);
            return Matcher.quoteReplacement(value);
        }));
    }

    private String variable(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? reference(name).asText() : resource(name.substring(0, dot)) + name.substring(dot);
    }

    private static ArrayNode split(String separator, String text) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        if (!text.isEmpty()) {
            for (String part : text.split(Pattern.quote(separator), -1)) {
                parts.add(part);
            }
        }
        return parts;
    }
}
