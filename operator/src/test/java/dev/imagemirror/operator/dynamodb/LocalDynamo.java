package dev.imagemirror.operator.dynamodb;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** DynamoDB Local in this process, in memory, with both tables. */
final class LocalDynamo implements AutoCloseable {
    static final String MIRRORS = "mirrors";
    static final String STATUS = "status";
    private static final boolean NO_TELEMETRY = true;

    private final AmazonDynamoDBLocal local = DynamoDBEmbedded.create(NO_TELEMETRY);

    LocalDynamo() {
        TableSchema.create(client(), MIRRORS, STATUS);
    }

    DynamoDbClient client() {
        return local.dynamoDbClient();
    }

    DynamoDbStreamsClient streams() {
        return local.dynamoDbStreamsClient();
    }

    DynamoMirrorTable mirrorTable() {
        return new DynamoMirrorTable(client(), MIRRORS, delay -> {}, new SplittableRandom(1));
    }

    DynamoStatusTable statusTable() {
        return new DynamoStatusTable(client(), STATUS, MIRRORS, delay -> {}, new SplittableRandom(1));
    }

    void putRow(String source, Map<String, ?> attributes) {
        Map<String, AttributeValue> item = new HashMap<>();
        attributes.forEach((name, value) -> item.put(name, Values.attribute(value)));
        item.put("Source", AttributeValue.fromS(source));
        client().putItem(request -> request.tableName(MIRRORS).item(item));
    }

    void removeRow(String source) {
        client().deleteItem(request -> request.tableName(MIRRORS).key(Map.of("Source", AttributeValue.fromS(source))));
    }

    /** Puts an item into the status table as it is. */
    void putStatus(Map<String, AttributeValue> item) {
        client().putItem(request -> request.tableName(STATUS).item(item));
    }

    @Override
    public void close() {
        local.shutdownNow();
    }
}
