package dev.imagemirror.operator.cli;

import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.ResponseBody;
import dev.imagemirror.testing.http.TestingHttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before DynamoDB Local and refuses a share of the calls, as DynamoDB does when it has too much to do. Thread-safe. */
final class ThrottledTables implements AutoCloseable {
    private static final String TYPE = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#";
    private static final List<String> THROTTLED = List.of(
            TYPE + "ProvisionedThroughputExceededException\",\"message\":\"slow down\"}",
            TYPE + "RequestLimitExceeded\",\"message\":\"slow down\"}",
            "{\"__type\":\"com.amazon.coral.availability#ThrottlingException\",\"message\":\"slow down\"}");
    private static final String DENIED =
            "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"no\"}";
    private static final String CANCELLED = TYPE
            + "TransactionCanceledException\",\"Message\":\"cancelled\",\"CancellationReasons\":"
            + "[{\"Code\":\"ThrottlingError\",\"Message\":\"slow down\"},{\"Code\":\"None\"}]}";

    private final String real;
    private final Random random = new Random(6);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final TestingHttpServer server;
    private volatile int ofHundred;
    private volatile String denied = "";
    private volatile List<Interceptor> faults = List.of();

    /** @param real where DynamoDB Local is */
    ThrottledTables(String real) {
        this.real = real;
        this.server = TestingHttpServer.start(null, request -> faults, this::answer);
    }

    String url() {
        return server.url();
    }

    /** So many of a hundred calls are refused from now on. */
    void refuse(int share) {
        ofHundred = share;
    }

    /** This action is denied from now on, as by a role that lacks it. */
    void deny(String action) {
        denied = action;
    }

    /** This happens to all calls from now on. */
    void fail(Interceptor... actions) {
        faults = List.of(actions);
    }

    /** How often each action was refused. */
    Map<String, Integer> refused() {
        return refused;
    }

    private Response answer(Request request) throws IOException {
        byte[] body = request.body().readAllBytes();
        String action = request.headers().first("X-Amz-Target").orElse("").replaceFirst(".*\\.", "");
        if (action.equals(denied)) {
            return Response.text(400, "application/x-amz-json-1.0", DENIED);
        }
        int chance;
        synchronized (random) {
            chance = random.nextInt(100);
        }
        boolean isFirst = refused.getOrDefault(action, 0) < 2; // so that each action is refused in each run
        if (ofHundred > 0 && (isFirst || chance < ofHundred)) {
            refused.merge(action, 1, Integer::sum);
            boolean isCancelled = action.equals("TransactWriteItems") && chance % 2 == 0;
            String why = isCancelled ? CANCELLED : THROTTLED.get(chance % THROTTLED.size());
            return Response.text(400, "application/x-amz-json-1.0", why);
        }
        return forward(request, body);
    }

    private Response forward(Request request, byte[] body) throws IOException {
        HttpRequest.Builder question = HttpRequest.newBuilder(URI.create(real + request.target()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")) {
            request.headers().first(name).ifPresent(value -> question.header(name, value));
        }
        try {
            HttpResponse<byte[]> answer = client.send(question.build(), HttpResponse.BodyHandlers.ofByteArray());
            return Response.of(answer.statusCode())
                    .with("Content-Type", "application/x-amz-json-1.0")
                    .withBody(ResponseBody.of(answer.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
