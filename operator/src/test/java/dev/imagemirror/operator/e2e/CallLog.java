package dev.imagemirror.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.testing.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which actions of IAM the calls to AWS were that passed: by whom (the access key that signed), which, on what. Calls that
 * move images are not among them: they go to the registry, see {@link RegistryCalls}.
 */
final class CallLog {
    /**
     * An action that somebody needed.
     *
     * @param key access key of who called
     * @param action such as {@code dynamodb:Scan}
     * @param resource an ARN, or null where the call does not tell
     */
    record Entry(String key, String action, String resource) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SIGNATURE = Pattern.compile("Credential=([^/]+)/[0-9]+/([^/]+)/([^/]+)/");

    /** Of the query protocol: that of STS. */
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z]+)");

    /** Where an action is named unlike the call ("Actions, resources, and condition keys" of Amazon SQS). */
    private static final Map<String, String> RENAMED = Map.of("DeleteMessageBatch", "DeleteMessage");

    /** By the lower-case path of AWS Batch's calls. */
    private static final Map<String, String> BATCH = Map.of(
            "submitjob", "SubmitJob",
            "describejobs", "DescribeJobs",
            "listjobs", "ListJobs",
            "terminatejob", "TerminateJob");

    private final Set<Entry> entries = ConcurrentHashMap.newKeySet();

    /** What was called with this key. */
    List<Entry> of(String key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).toList();
    }

    void add(Request request, byte[] body) throws IOException {
        Matcher signature =
                SIGNATURE.matcher(request.headers().first("Authorization").orElse(""));
        if (!signature.find()) {
            return;
        }
        String service = signature.group(3);
        String target = request.headers().first("X-Amz-Target").orElse("");
        String call = service.equals("batch")
                ? BATCH.getOrDefault(request.path().replace("/v1/", ""), request.path())
                : target.substring(target.indexOf('.') + 1);
        Place place = new Place(signature.group(1), service, signature.group(2));
        String text = new String(body, StandardCharsets.UTF_8);
        if (target.isEmpty() && !service.equals("batch")) {
            Matcher action = ACTION.matcher(text);
            entries.add(place.entry(action.find() ? action.group(1) : request.path(), CalledResource.role(text)));
            return;
        }
        JsonNode content = JSON.readTree(text);
        switch (service) {
            case "dynamodb" -> addTables(place, call, content);
            case "ecr" -> addRepository(place, call, content);
            default ->
                CalledResource.of(service, place.region(), content)
                        .forEach(resource -> entries.add(place.entry(RENAMED.getOrDefault(call, call), resource)));
        }
    }

    private record Place(String key, String service, String region) {
        Entry entry(String action, String resource) {
            return new Entry(key, service + ":" + action, resource);
        }

        String repository(String account, String name) {
            return "arn:aws:ecr:" + region + ":" + account + ":repository/" + name;
        }

        String table(String name) {
            return "arn:aws:dynamodb:" + region + ":" + AwsAccount.ID + ":table/" + name;
        }
    }

    /** A table, or a stream; which one an iterator is of, only DynamoDB knows. */
    private static String resource(Place place, JsonNode body) {
        if (body.has("TableName")) {
            return place.table(body.path("TableName").asText());
        }
        return body.path("StreamArn").asText(null);
    }

    /** Tags that a new repository gets need a right of their own. */
    private void addRepository(Place place, String call, JsonNode body) {
        String resource = body.has("repositoryName")
                ? place.repository(
                        body.path("registryId").asText(AwsAccount.ID),
                        body.path("repositoryName").asText())
                : null;
        entries.add(place.entry(call, resource));
        if (call.equals("CreateRepository") && !body.path("tags").isEmpty()) {
            entries.add(place.entry("TagResource", resource));
        }
    }

    private void addTables(Place place, String call, JsonNode body) {
        if (!call.equals("TransactWriteItems")) {
            entries.add(place.entry(call, resource(place, body)));
            return;
        }
        List<Map.Entry<String, String>> parts = List.of(
                Map.entry("ConditionCheck", "ConditionCheckItem"),
                Map.entry("Put", "PutItem"),
                Map.entry("Update", "UpdateItem"),
                Map.entry("Delete", "DeleteItem"));
        for (JsonNode item : body.path("TransactItems")) {
            for (Map.Entry<String, String> part : parts) {
                if (item.has(part.getKey())) {
                    entries.add(place.entry(part.getValue(), resource(place, item.path(part.getKey()))));
                }
            }
        }
    }

    /** The actions of all entries of this key. */
    List<String> actions(String key) {
        return new ArrayList<>(
                of(key).stream().map(Entry::action).distinct().sorted().toList());
    }
}
