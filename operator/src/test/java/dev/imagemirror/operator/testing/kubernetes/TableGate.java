package dev.imagemirror.operator.testing.kubernetes;

import dev.imagemirror.testing.http.Handler;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.ResponseBody;
import dev.imagemirror.testing.http.TestingHttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the operator and DynamoDB, and keeps calls of one kind about the mirror table from arriving, so that an
 * operator can be killed in between. Thread-safe.
 */
public final class TableGate implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> HEADERS = List.of("X-Amz-Target", "X-Amz-Date", "Authorization", "Content-Type");

    private final URI dynamo;
    private final TestingHttpServer server;
    private final AtomicInteger kept = new AtomicInteger();
    private final Set<TableAction> actions = ConcurrentHashMap.newKeySet();
    private volatile String shut = "";

    /** @param dynamo where calls go */
    public TableGate(String dynamo) {
        this.dynamo = URI.create(dynamo);
        Handler handler = this::forward;
        this.server = TestingHttpServer.start(null, request -> List.of(), handler);
    }

    /** Environment variables by which the operator takes this way. */
    public Map<String, String> environment() {
        return Map.of("AWS_ENDPOINT_URL_DYNAMODB", server.url(), "AWS_ENDPOINT_URL_DYNAMODB_STREAMS", server.url());
    }

    /** From now on calls of the operation, {@code UpdateItem} for example, get no answer and do nothing. */
    public void shut(String operation) {
        kept.set(0);
        shut = operation;
    }

    /** From now on all calls arrive; those that were kept never do. */
    public void open() {
        shut = "";
    }

    /** How many calls were kept since it was shut. */
    public int kept() {
        return kept.get();
    }

    /** What has been done so far. */
    public Set<TableAction> actions() {
        return Set.copyOf(actions);
    }

    private Response forward(Request request) throws IOException {
        byte[] body = request.body().readAllBytes();
        String target = request.headers().first("X-Amz-Target").orElse("");
        actions.addAll(TableAction.of(target, body));
        String operation = target.replaceFirst(".*\\.", "");
        boolean isOfMirrors = new String(body, StandardCharsets.UTF_8).contains("\"" + TestingRows.MIRRORS + "\"");
        if (operation.equals(shut) && isOfMirrors) {
            kept.incrementAndGet();
            request.pause(Duration.ofMinutes(5)); // until the client is gone, or this server
        }
        try {
            return answer(HTTP.send(call(request, body), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private HttpRequest call(Request request, byte[] body) {
        HttpRequest.Builder call = HttpRequest.newBuilder(dynamo).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : HEADERS) {
            request.headers().first(header).ifPresent(value -> call.header(header, value));
        }
        return call.build();
    }

    private static Response answer(HttpResponse<byte[]> from) {
        Response to = Response.of(from.statusCode()).withBody(ResponseBody.of(from.body()));
        for (String header : List.of("Content-Type", "x-amzn-RequestId", "x-amz-crc32")) {
            String value =
                    from.headers().firstValue(header.toLowerCase(Locale.ROOT)).orElse(null);
            to = value == null ? to : to.with(header, value);
        }
        return to;
    }

    @Override
    public void close() {
        server.close();
    }
}
