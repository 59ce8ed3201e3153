package dev.imagemirror.operator.testing.kubernetes;

import dev.imagemirror.operator.demo.LocalTables;
import dev.imagemirror.operator.dynamodb.DynamoStatusTable;
import dev.imagemirror.operator.port.StatusTable;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The operator's tables in DynamoDB Local, and what a person does to them by hand. Thread-safe. */
public final class TestingRows implements AutoCloseable {
    static final String MIRRORS = "ImageMirrorTable";
    static final String STATUSES = "ImageMirrorStatusTable";

    private final LocalTables tables;
    private final DynamoDbClient client;

    private TestingRows(LocalTables tables) {
        this.tables = tables;
        Map<String, String> environment = tables.environment();
        client = DynamoDbClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create(tables.endpoint()))
                .region(Region.of(environment.get("AWS_REGION")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"))))
                .build();
        tables.create(MIRRORS, STATUSES);
    }

    /** Starts with both tables empty. */
    static TestingRows start() {
        try {
            return new TestingRows(LocalTables.start(null));
        } catch (Exception e) { // Jetty's signature
            throw new IllegalStateException("DynamoDB Local does not start", e);
        }
    }

    /** Environment variables by which the operator finds the tables. */
    public Map<String, String> environment() {
        return tables.environment();
    }

    /** Where DynamoDB answers. */
    public String endpoint() {
        return tables.endpoint();
    }

    /** All rows by their key. */
    public Map<String, Map<String, AttributeValue>> all() {
        Map<String, Map<String, AttributeValue>> rows = new TreeMap<>();
        client.scanPaginator(request -> request.tableName(MIRRORS).consistentRead(true)).items().stream()
                .forEach(item -> rows.put(item.get("Source").s(), item));
        return rows;
    }

    /** The keys of the rows that a policy of the cluster {@link TestingInstallation#CLUSTER} manages. */
    public List<String> of(String namespace, String policy) {
        String manager = TestingInstallation.CLUSTER + "/" + namespace + "/" + policy;
        return all().entrySet().stream()
                .filter(row -> manager.equals(text(row.getValue(), "ManagedBy")))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A text attribute of a row, or null. */
    public static String text(Map<String, AttributeValue> row, String attribute) {
        AttributeValue value = row == null ? null : row.get(attribute);
        return value == null ? null : value.s();
    }

    /** A row made by hand. */
    public void put(String source, String... destinations) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("Source", AttributeValue.fromS(source));
        item.put("Destination", AttributeValue.fromSs(List.of(destinations)));
        client.putItem(request -> request.tableName(MIRRORS).item(item));
    }

    /** Changes where a row goes, by hand. */
    public void redirect(String key, String destination) {
        client.updateItem(request -> request.tableName(MIRRORS)
                .key(Map.of("Source", AttributeValue.fromS(key)))
                .updateExpression("SET Destination = :there")
                .expressionAttributeValues(Map.of(":there", AttributeValue.fromSs(List.of(destination)))));
    }

    /** Removes a row by hand. */
    public void remove(String key) {
        client.deleteItem(request -> request.tableName(MIRRORS).key(Map.of("Source", AttributeValue.fromS(key))));
    }

    /** The status table. */
    public StatusTable statuses() {
        return new DynamoStatusTable(client, STATUSES, MIRRORS, delay -> {}, new SplittableRandom(1));
    }

    @Override
    public void close() {
        client.close();
        tables.close();
    }
}
