package dev.imagemirror.operator.testing.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call of DynamoDB's API has to be allowed, as IAM has it: a transaction has no action of its own, its steps have.
 *
 * @param action such as {@code dynamodb:UpdateItem}
 * @param on {@code mirror table}, {@code status table}, or {@code streams}
 */
public record TableAction(String action, String on) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The actions of one call.
     *
     * @param target the header {@code X-Amz-Target}
     */
    static List<TableAction> of(String target, byte[] body) throws IOException {
        JsonNode call = JSON.readTree(body);
        String operation = target.replaceFirst(".*\\.", "");
        if (target.startsWith("DynamoDBStreams")) {
            return List.of(new TableAction("dynamodb:" + operation, "streams"));
        }
        List<TableAction> actions = new ArrayList<>();
        call.path("TransactItems")
                .forEach(item -> item.properties()
                        .forEach(step -> actions.add(action(
                                step.getKey().equals("ConditionCheck") ? "ConditionCheckItem" : step.getKey() + "Item",
                                step.getValue()))));
        return actions.isEmpty() ? List.of(action(operation, call)) : actions;
    }

    private static TableAction action(String operation, JsonNode step) {
        boolean isOfMirrors = step.path("TableName").asText().equals(TestingRows.MIRRORS);
        return new TableAction("dynamodb:" + operation, isOfMirrors ? "mirror table" : "status table");
    }
}
