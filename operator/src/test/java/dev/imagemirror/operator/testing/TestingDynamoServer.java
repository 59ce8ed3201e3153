package dev.imagemirror.operator.testing;

import dev.imagemirror.operator.demo.LocalTables;
import dev.imagemirror.operator.dynamodb.TableSchema;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB Local behind HTTP, in memory, that all tests of this process share; it ends with the process. Each {@link
 * Tables} has names of its own.
 */
public final class TestingDynamoServer {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final TestingDynamoServer SHARED = new TestingDynamoServer();

    private final String url;
    private final DynamoDbClient client;

    private TestingDynamoServer() {
        url = start();
        client = DynamoDbClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create(url))
                .region(Region.of(TestingAwsProperties.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(TestingAwsProperties.ACCESS_KEY, TestingAwsProperties.SECRET_KEY)))
                .build();
    }

    /** The one of this process. */
    public static TestingDynamoServer shared() {
        return SHARED;
    }

    /** Scheme and authority. */
    public String url() {
        return url;
    }

    /** Asks it. */
    public DynamoDbClient client() {
        return client;
    }

    /** Makes both tables, new and empty. */
    public Tables tables() {
        int number = NUMBER.incrementAndGet();
        Tables tables = new Tables("http-mirrors-" + number, "http-statuses-" + number);
        TableSchema.create(client, tables.mirrors(), tables.statuses());
        return tables;
    }

    /**
     * Names of tables that are deleted in the end.
     *
     * @param mirrors the mirror table
     * @param statuses the status table
     */
    public record Tables(String mirrors, String statuses) implements AutoCloseable {
        /** Puts a row with one destination. */
        public void putRow(String source, String destination) {
            SHARED.client.putItem(request -> request.tableName(mirrors)
                    .item(Map.of(
                            "Source", AttributeValue.fromS(source), "Destination", AttributeValue.fromS(destination))));
        }

        @Override
        public void close() {
            SHARED.client.deleteTable(request -> request.tableName(mirrors));
            SHARED.client.deleteTable(request -> request.tableName(statuses));
        }
    }

    private static String start() {
        try {
            return LocalTables.start(null).endpoint();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local does not start", e);
        }
    }
}
