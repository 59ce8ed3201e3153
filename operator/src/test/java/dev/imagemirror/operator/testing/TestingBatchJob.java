package dev.imagemirror.operator.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.image.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A job of {@link TestingBatchServer}. Thread-safe. */
public final class TestingBatchJob {
    private final String id;
    private final JsonNode submitted;
    private final long createdAt = System.currentTimeMillis();
    private final List<String> lines = new ArrayList<>();
    private String status = "RUNNING";
    private long stoppedAt;

    TestingBatchJob(String id, JsonNode submitted) {
        this.id = id;
        this.submitted = submitted;
    }

    /** The job's id. */
    public String id() {
        return id;
    }

    /** Its name, which is its claim's. */
    public String name() {
        return submitted.path("jobName").asText();
    }

    /** What it copies: with its digest. */
    public ImageReference source() {
        return ImageReference.parse(submitted.at("/parameters/source").asText());
    }

    /** Where to. */
    public List<ImageReference> destinations() {
        return Stream.of(submitted.at("/parameters/dest").asText().split(",", -1))
                .map(ImageReference::parse)
                .toList();
    }

    /** The variable that it was submitted with, or empty. */
    public String variable(String name) {
        for (JsonNode variable : submitted.at("/containerOverrides/environment")) {
            if (variable.path("name").asText().equals(name)) {
                return variable.path("value").asText();
            }
        }
        return "";
    }

    /** Writes a line to the job's log; without any there is no log. */
    public synchronized void log(String line) {
        lines.add(line);
    }

    /** In CloudWatch Logs. */
    public String logStream() {
        return "MirrorJob/default/" + id;
    }

    /** The last lines of the log, in their order. */
    synchronized void lastLines(int limit, ArrayNode answer) {
        lines.stream()
                .skip(Math.max(0, lines.size() - limit))
                .forEach(line -> answer.addObject().put("message", line));
    }

    synchronized void end(String how) {
        if (stoppedAt == 0) {
            status = how;
            stoppedAt = System.currentTimeMillis();
        }
    }

    synchronized void describe(ObjectNode description) {
        description.put("jobId", id).put("jobName", name()).put("status", status);
        description.put("createdAt", createdAt).put("startedAt", createdAt);
        description.put("jobQueue", submitted.path("jobQueue").asText());
        if (!lines.isEmpty()) {
            description.putObject("container").put("logStreamName", logStream());
        }
        if (stoppedAt != 0) {
            description.put("stoppedAt", stoppedAt);
        }
    }

    @Override
    public String toString() {
        return id + ": " + source() + " -> " + destinations();
    }
}
