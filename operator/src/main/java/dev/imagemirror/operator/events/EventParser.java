package dev.imagemirror.operator.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.operator.domain.EntryKey;
import java.nio.charset.StandardCharsets;

/**
 * Parses a message body: an EventBridge event ("Amazon ECR events and EventBridge" in the ECR User Guide, "AWS Batch
 * events" in the Batch User Guide), or a mirror table stream record forwarded by EventBridge Pipes. Pure, thread-safe.
 */
public final class EventParser {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Maximum partition key ("Service, account, and table quotas" in the DynamoDB Developer Guide). */
    private static final int LONGEST_KEY = 2048;

    private EventParser() {}

    /**
     * Parses the body.
     *
     * @throws UnreadableEventException if it is not an event
     */
    public static AwsEvent parse(String body) {
        JsonNode event = json(body);
        if (event.path("eventSource").asText().equals("aws:dynamodb")) {
            return row(event);
        }
        return switch (event.path("source").asText()) {
            case "aws.ecr" -> EcrEvents.read(event);
            case "aws.batch" -> BatchEvents.read(event);
            default -> {
                if (!event.hasNonNull("source") || !event.hasNonNull("detail-type")) {
                    throw new UnreadableEventException(
                            "neither an EventBridge event nor a stream record: " + MessageExcerpt.of(body));
                }
                yield new AwsEvent.Irrelevant(
                        MessageExcerpt.of(event.path("detail-type").asText()));
            }
        };
    }

    private static JsonNode json(String body) {
        try {
            JsonNode event = body == null ? null : JSON.readTree(body);
            if (event == null || !event.isObject()) {
                throw new UnreadableEventException("not a JSON object: " + MessageExcerpt.of(body));
            }
            return event;
        } catch (JsonProcessingException e) {
            throw new UnreadableEventException("not JSON: " + MessageExcerpt.of(body));
        }
    }

    private static AwsEvent row(JsonNode event) {
        JsonNode key = event.at("/dynamodb/Keys/Source/S");
        if (!key.isTextual()
                || key.textValue().isEmpty()
                || key.textValue().getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
            throw new UnreadableEventException("a stream record without the key Source: "
                    + MessageExcerpt.of(event.at("/dynamodb/Keys").toString()));
        }
        return new AwsEvent.RowChanged(new EntryKey(key.textValue()));
    }
}
