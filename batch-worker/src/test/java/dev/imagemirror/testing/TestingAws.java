package dev.imagemirror.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.testing.http.Interceptors;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.TestingHttpServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * An endpoint of AWS services that speak JSON 1.1: the header {@code X-Amz-Target} names the operation, and the
 * signature (not verified) the service and the region. All methods may be called from any thread.
 */
public final class TestingAws implements AutoCloseable {
    private static final String JSON = "application/x-amz-json-1.1";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, Function<Call, Answer>> operations = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final TestingHttpServer server;

    /**
     * A call that was made.
     *
     * @param key access key that it is signed with
     * @param scope {@code region/service} that it is signed for
     * @param input the request's JSON
     */
    public record Call(String operation, String key, String scope, JsonNode input) {}

    private record Answer(int status, String body) {}

    private TestingAws() {
        Interceptors none = request -> List.of();
        server = TestingHttpServer.start(null, none, this::answer);
    }

    /** Starts one that knows no operation yet. */
    public static TestingAws start() {
        return new TestingAws();
    }

    /** Scheme and authority, without a slash at the end. */
    public String url() {
        return server.url();
    }

    /** Answers an operation with JSON. */
    public TestingAws on(String operation, Function<Call, String> body) {
        operations.put(operation, call -> new Answer(200, body.apply(call)));
        return this;
    }

    /** Answers an operation with an error. */
    public TestingAws fail(String operation, int status, String code, String message) {
        String body = "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(code, message);
        operations.put(operation, call -> new Answer(status, body));
        return this;
    }

    /** Every call so far, in order of arrival. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        server.close();
    }

    private Response answer(Request request) throws IOException {
        String body = new String(request.body().readAllBytes(), UTF_8);
        String target = request.headers().first("X-Amz-Target").orElse("");
        JsonNode input = target.isEmpty() ? form(body) : MAPPER.readTree(body);
        String operation = target.isEmpty() ? input.path("Action").asText() : target.substring(target.indexOf('.') + 1);
        Call call = new Call(operation, credential(request)[0], scope(request), input);
        calls.add(call);
        Answer answer = operations
                .getOrDefault(operation, unknown -> new Answer(400, "{\"__type\":\"UnknownOperationException\"}"))
                .apply(call);
        return Response.text(answer.status(), JSON, answer.body());
    }

    /** The fields of a request by the query protocol, which STS has. */
    private static JsonNode form(String body) {
        ObjectNode fields = MAPPER.createObjectNode();
        for (String field : body.split("&", -1)) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
        }
        return fields;
    }

    /** The middle of {@code Credential=key/date/region/service/aws4_request} (AWS General Reference, "SigV4"). */
    private static String scope(Request request) {
        String[] parts = credential(request);
        return parts[2] + "/" + parts[3];
    }

    private static String[] credential(Request request) {
        return request.headers()
                .first("Authorization")
                .orElse("")
                .split("[=,]", 3)[1]
                .split("/", -1);
    }
}
