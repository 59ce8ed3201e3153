package dev.imagemirror.operator.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.operator.testing.TestingAwsProperties;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import dev.imagemirror.operator.testing.TestingEvents;
import java.util.HashMap;
import java.util.Map;

/** What the function is given: an event of a row with a message that nobody can read, and the row. */
final class FunctionEvents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FunctionEvents() {}

    /** As Lambda's poller hands over messages of the queue; their ids are their positions. */
    static String batch(String source, String garbage) {
        ObjectNode event = JSON.createObjectNode();
        ArrayNode records = event.putArray("Records");
        message(records, TestingEvents.body("row-modified").replace("golang:1.17#c/n/p", source));
        message(records, garbage);
        return event.toString();
    }

    private static void message(ArrayNode records, String body) {
        String id = String.valueOf(records.size());
        records.addObject().put("messageId", id).put("body", body).put("eventSource", "aws:sqs");
    }

    /** The function's variables in the stack, with these tables, and jobs that run in the function. */
    static Map<String, String> environment(JsonNode function, TestingDynamoServer.Tables tables) {
        Map<String, String> environment = new HashMap<>();
        function.at("/Environment/Variables")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        environment.put("MIRROR_OPERATOR_TABLES_MIRRORS", tables.mirrors());
        environment.put("MIRROR_OPERATOR_TABLES_STATUSES", tables.statuses());
        environment.put("MIRROR_OPERATOR_JOBS_MODE", "local");
        environment.put("MIRROR_OPERATOR_REGISTRIES_LOOPBACK", "localhost,127.0.0.1");
        environment.put("AWS_REGION", TestingAwsProperties.REGION);
        environment.put("AWS_ACCESS_KEY_ID", TestingAwsProperties.ACCESS_KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", TestingAwsProperties.SECRET_KEY);
        environment.put("AWS_ENDPOINT_URL", TestingDynamoServer.shared().url());
        return environment;
    }
}
