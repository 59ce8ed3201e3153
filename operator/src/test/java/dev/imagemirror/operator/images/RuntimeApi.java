package dev.imagemirror.operator.images;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What Lambda offers to a function's container: one event to fetch, and a place for the answer. Source: "Using the Lambda
 * runtime API for custom runtimes", AWS Lambda Developer Guide.
 */
final class RuntimeApi implements AutoCloseable {
    private static final String ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean given = new AtomicBoolean();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final byte[] event;

    private RuntimeApi(HttpServer server, String event) {
        this.server = server;
        this.event = event.getBytes(StandardCharsets.UTF_8);
    }

    static RuntimeApi start(String event) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        RuntimeApi api = new RuntimeApi(server, event);
        server.setExecutor(api.threads);
        server.createContext("/2018-06-01/runtime/invocation/next", api::next);
        server.createContext("/2018-06-01/runtime/invocation/" + ID + "/response", api::take);
        server.createContext("/2018-06-01/runtime/", api::fail);
        server.start();
        return api;
    }

    /** For the variable {@code AWS_LAMBDA_RUNTIME_API}. */
    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** What the function answered; an error that it told, or its end, fails the test. */
    String answer(Process process) throws InterruptedException {
        try {
            Object first = CompletableFuture.anyOf(answer, process.onExit()).get(60, TimeUnit.SECONDS);
            if (first instanceof String text) {
                return text;
            }
            throw new AssertionError("the function's process ended with " + process.exitValue());
        } catch (ExecutionException e) {
            throw new AssertionError("the function failed: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the function gave no answer", e);
        }
    }

    /** Gives the event once; who comes again is asked to wait, as a function is between events. */
    private void next(HttpExchange exchange) throws IOException {
        if (given.getAndSet(true)) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.add("Lambda-Runtime-Aws-Request-Id", ID);
        headers.add("Lambda-Runtime-Deadline-Ms", "4102444800000");
        headers.add(
                "Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:eu-central-1:123456789012:function:mirrors-events");
        // without it, the interface client's native part ends the process
        headers.add(
                "Lambda-Runtime-Trace-Id",
                "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1");
        headers.add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, event.length);
        exchange.getResponseBody().write(event);
        exchange.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        answer.complete(body(exchange));
        accept(exchange);
    }

    private void fail(HttpExchange exchange) throws IOException {
        answer.completeExceptionally(new IOException(exchange.getRequestURI() + ": " + body(exchange)));
        accept(exchange);
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void accept(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdown();
    }
}
