package dev.imagemirror.operator.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.operator.runtime.EventRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Handles batches from an SQS queue, with partial batch responses, and scheduled events, which sweep over all entries.
 * Source: "Using Lambda with Amazon SQS" in the AWS Lambda Developer Guide. Lambda invokes an instance once at a time.
 */
public final class MirrorHandler implements RequestStreamHandler {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reserve for the response: without one, the whole batch would be redelivered. */
    private static final Duration FOR_THE_ANSWER = Duration.ofSeconds(10);

    private final EventRun run;

    /** Called by Lambda. */
    public MirrorHandler() {
        this(EventRun.of(System.getenv(), Clock.systemUTC(), new SecureRandom()));
    }

    /** A handler using {@code run}. */
    MirrorHandler(EventRun run) {
        this.run = run;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode event = JSON.readTree(input);
        try {
            Duration time =
                    Duration.ofMillis(context.getRemainingTimeInMillis()).minus(FOR_THE_ANSWER);
            JSON.writeValue(output, answer(event, time));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the events will be redelivered", e);
        }
    }

    private ObjectNode answer(JsonNode event, Duration time) throws InterruptedException {
        if (event.path("Records").isArray()) {
            return batch(event.path("Records"), time);
        }
        if (event.path("detail-type").asText().equals("Scheduled Event")) {
            return JSON.createObjectNode().put("failedPasses", run.sweep(time));
        }
        throw new IllegalArgumentException(
                "neither a batch of SQS messages nor a Scheduled Event; check what invokes this function");
    }

    private ObjectNode batch(JsonNode records, Duration time) throws InterruptedException {
        Map<String, String> bodies = new LinkedHashMap<>();
        records.forEach(message -> bodies.put(
                message.path("messageId").asText(), message.path("body").asText()));
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode failures = answer.putArray("batchItemFailures");
        run.handle(bodies, time).forEach(id -> failures.addObject().put("itemIdentifier", id));
        return answer;
    }
}
