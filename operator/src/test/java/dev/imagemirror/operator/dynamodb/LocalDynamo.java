package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.dynamodb.item.Values;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** Both tables, new and empty, in a DynamoDB Local that all tests of this process share, in memory. */
final class LocalDynamo implements AutoCloseable {
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static final AmazonDynamoDBLocal LOCAL = start();

    final String mirrors = "mirrors-" + TABLES.incrementAndGet();
    final String status = "status-" + TABLES.get();

    LocalDynamo() {
        TableSchema.create(client(), mirrors, status);
    }

    DynamoDbClient client() {
        return LOCAL.dynamoDbClient();
    }

    DynamoDbStreamsClient streams() {
        return LOCAL.dynamoDbStreamsClient();
    }

    DynamoMirrorTable mirrorTable() {
        return new DynamoMirrorTable(client(), mirrors, delay -> {}, new SplittableRandom(1));
    }

    DynamoStatusTable statusTable() {
        return new DynamoStatusTable(client(), status, mirrors, delay -> {}, new SplittableRandom(1));
    }

    void putRow(String source, Map<String, ?> attributes) {
        Map<String, AttributeValue> item = new HashMap<>();
        attributes.forEach((name, value) -> item.put(name, Values.attribute(value)));
        item.put("Source", AttributeValue.fromS(source));
        client().putItem(request -> request.tableName(mirrors).item(item));
    }

    void removeRow(String source) {
        client().deleteItem(request -> request.tableName(mirrors).key(Map.of("Source", AttributeValue.fromS(source))));
    }

    /** Puts an item into the status table as it is. */
    void putStatus(Map<String, AttributeValue> item) {
        client().putItem(request -> request.tableName(status).item(item));
    }

    /** Lets an item of the status table, or one that is not there, be a newer operator's. */
    void makeNewer(Map<String, AttributeValue> key) {
        client().updateItem(request -> request.tableName(status)
                .key(key)
                .updateExpression("SET SchemaVersion = :newer")
                .expressionAttributeValues(Map.of(":newer", AttributeValue.fromN("2"))));
    }

    @Override
    public void close() {
        client().deleteTable(request -> request.tableName(mirrors));
        client().deleteTable(request -> request.tableName(status));
    }

    private static AmazonDynamoDBLocal start() {
        System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
        System.setProperty("org.apache.logging.log4j.simplelog.StatusLogger.level", "OFF");
        boolean withoutTelemetry = true;
        return DynamoDBEmbedded.create(withoutTelemetry);
    }
}
