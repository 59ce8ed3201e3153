package dev.imagemirror.operator.bench;

import dev.imagemirror.operator.demo.LocalTables;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Tables with many rows and all that the operator keeps of each: what it wrote for the first row, again and again. */
final class ScaleTables implements AutoCloseable {
    private static final int BATCH = 25;
    private static final int WRITERS = 4;
    private static final int CHUNK = 1_000;

    private final LocalTables tables;
    private final EqualRegistry registry;
    private final DynamoDbClient client;

    ScaleTables(LocalTables tables, EqualRegistry registry) {
        this.tables = tables;
        this.registry = registry;
        this.client = DynamoDbClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(URI.create(tables.endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    /** Environment variables by which the operator finds the tables of that size. */
    Map<String, String> settings(String name) {
        Map<String, String> settings = new HashMap<>(tables.environment());
        settings.put("MIRROR_OPERATOR_TABLES_MIRRORS", "mirrors-" + name);
        settings.put("MIRROR_OPERATOR_TABLES_STATUSES", "statuses-" + name);
        return settings;
    }

    /** Makes tables with so many rows, of which the operator knows nothing. */
    void rows(String name, int count) throws InterruptedException, ExecutionException {
        tables.create("mirrors-" + name, "statuses-" + name);
        fill("mirrors-" + name, count, List.of(row(0)), done -> {});
    }

    /** Makes tables with so many rows, and for each the status items that the other tables' first row has. */
    void copies(String name, int count, String from, Consumer<Integer> progress)
            throws InterruptedException, ExecutionException {
        create("mirrors-" + name, "Source");
        create("statuses-" + name, "Source", "Destination");
        fill("mirrors-" + name, count, List.of(row(0)), done -> {});
        List<Map<String, AttributeValue>> statuses =
                client.scan(request -> request.tableName("statuses-" + from)).items();
        fill("statuses-" + name, count, statuses, progress);
    }

    /** Without a stream, which would keep every item a second time, and fill at half the speed. */
    private void create(String table, String... keys) {
        List<KeySchemaElement> schema = Stream.of(keys)
                .map(key -> KeySchemaElement.builder()
                        .attributeName(key)
                        .keyType(key.equals(keys[0]) ? KeyType.HASH : KeyType.RANGE)
                        .build())
                .toList();
        List<AttributeDefinition> attributes = Stream.of(keys)
                .map(key -> AttributeDefinition.builder()
                        .attributeName(key)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .toList();
        client.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(schema)
                .attributeDefinitions(attributes));
    }

    private Map<String, AttributeValue> row(int number) {
        return Map.of(
                "Source", AttributeValue.fromS(registry.source(number)),
                "Destination", AttributeValue.fromS(registry.destination(number)));
    }

    private void fill(String table, int count, List<Map<String, AttributeValue>> ofFirst, Consumer<Integer> progress)
            throws InterruptedException, ExecutionException {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> chunks = new ArrayList<>();
            for (int from = 0; from < count; from += CHUNK) {
                int first = from;
                int last = Math.min(count, from + CHUNK);
                chunks.add(writers.submit(() -> fill(table, first, last, ofFirst)));
            }
            for (int i = 0; i < chunks.size(); i++) {
                chunks.get(i).get();
                progress.accept(Math.min(count, (i + 1) * CHUNK));
            }
        } finally {
            writers.shutdownNow();
        }
    }

    private void fill(String table, int from, int to, List<Map<String, AttributeValue>> ofFirst) {
        List<WriteRequest> items = new ArrayList<>();
        for (int number = from; number < to; number++) {
            for (Map<String, AttributeValue> item : ofFirst) {
                items.add(put(of(item, number)));
                if (items.size() == BATCH) {
                    write(table, items);
                }
            }
        }
        if (!items.isEmpty()) {
            write(table, items);
        }
    }

    private void write(String table, List<WriteRequest> items) {
        Map<String, List<WriteRequest>> left = Map.of(table, List.copyOf(items));
        while (!left.isEmpty()) {
            Map<String, List<WriteRequest>> some = left;
            left = client.batchWriteItem(request -> request.requestItems(some)).unprocessedItems();
        }
        items.clear();
    }

    private static WriteRequest put(Map<String, AttributeValue> item) {
        return WriteRequest.builder()
                .putRequest(PutRequest.builder().item(item).build())
                .build();
    }

    /** The first row's item, with another number in every text. */
    private static Map<String, AttributeValue> of(Map<String, AttributeValue> item, int number) {
        return item.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, attribute -> of(attribute.getValue(), number)));
    }

    private static AttributeValue of(AttributeValue value, int number) {
        if (value.s() != null) {
            return AttributeValue.fromS(value.s().replace(EqualRegistry.image(0), EqualRegistry.image(number)));
        }
        if (value.hasM()) {
            return AttributeValue.fromM(of(value.m(), number));
        }
        return value.hasL()
                ? AttributeValue.fromL(
                        value.l().stream().map(each -> of(each, number)).toList())
                : value;
    }

    @Override
    public void close() {
        client.close();
    }
}
