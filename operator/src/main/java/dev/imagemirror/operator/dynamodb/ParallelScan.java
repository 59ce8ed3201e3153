package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.thread.DaemonThreads;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Scans a whole table in parallel segments, page by page; holds at most one page of a few hundred items per segment.
 */
final class ParallelScan {
    private static final int SEGMENTS = 4;

    /** A full 1 MB page takes some 20 MB on the heap while it is parsed, and several are parsed in parallel. */
    private static final int ITEMS_A_PAGE = 500;

    private final DynamoDbClient client;
    private final TableCalls calls;

    ParallelScan(DynamoDbClient client, TableCalls calls) {
        this.client = client;
        this.calls = calls;
    }

    /** Passes every item to the consumer, on several threads; stops at the first failure. */
    void scan(ScanRequest request, Consumer<Map<String, AttributeValue>> items) {
        ExecutorService threads = Executors.newFixedThreadPool(SEGMENTS, new DaemonThreads("table-scan"));
        try {
            CompletionService<Void> ended = new ExecutorCompletionService<>(threads);
            List<ScanRequest> segments = IntStream.range(0, SEGMENTS)
                    .mapToObj(segment -> request.toBuilder()
                            .segment(segment)
                            .totalSegments(SEGMENTS)
                            .limit(ITEMS_A_PAGE)
                            .build())
                    .toList();
            segments.forEach(segment -> ended.submit(() -> read(segment, items), null));
            for (int i = 0; i < SEGMENTS; i++) {
                await(ended, request.tableName());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void read(ScanRequest segment, Consumer<Map<String, AttributeValue>> items) {
        Map<String, AttributeValue> next = null;
        do {
            ScanRequest page = segment.toBuilder().exclusiveStartKey(next).build();
            ScanResponse response = calls.call(() -> client.scan(page));
            response.items().forEach(items);
            next = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null;
        } while (next != null && !Thread.currentThread().isInterrupted());
    }

    private static void await(CompletionService<Void> ended, String table) {
        try {
            ended.take().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("scan of " + table + " failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortException("interrupted while table " + table + " was being read", e);
        }
    }
}
