package dev.imagemirror.operator.dynamodb;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Fails the first calls as told, then asks the real one; counts pages. Thread-safe. */
final class ThrottledDynamo implements DynamoDbClient {
    private final DynamoDbClient real;
    private final Queue<RuntimeException> failures = new ArrayDeque<>();
    private final AtomicInteger pages = new AtomicInteger();

    ThrottledDynamo(DynamoDbClient real, List<? extends RuntimeException> failures) {
        this.real = real;
        this.failures.addAll(failures);
    }

    int pages() {
        return pages.get();
    }

    @Override
    public ScanResponse scan(ScanRequest request) {
        return page(() -> real.scan(request));
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        return page(() -> real.query(request));
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        return call(() -> real.updateItem(request));
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        return call(() -> real.transactWriteItems(request));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // the real one belongs to the test
    }

    private <T> T page(Supplier<T> request) {
        T response = call(request);
        pages.incrementAndGet();
        return response;
    }

    private <T> T call(Supplier<T> request) {
        RuntimeException failure;
        synchronized (failures) {
            failure = failures.poll();
        }
        if (failure != null) {
            throw failure;
        }
        return request.get();
    }
}
