package dev.imagemirror.operator.demo;

import dev.imagemirror.operator.dynamodb.TableSchema;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.monitoring.Telemetry;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in this process, on an ephemeral port of the loopback interface. Its licence forbids to ship it: it is a development dependency,
 * and in no artifact.
 */
public final class LocalTables implements AutoCloseable {
    private final Server server;
    private final ServerConnector connector;

    private LocalTables(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** Starts, on loopback only; tables live in memory, or as files in {@code directory} if that is not null. */
    public static LocalTables start(Path directory) throws Exception {
        System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
        System.setProperty("org.apache.logging.log4j.simplelog.StatusLogger.level", "OFF");
        Logger.getLogger("com.almworks.sqlite4java").setLevel(Level.OFF);
        Telemetry.configureTelemetry("embedded", "embedded", false);
        if (directory != null) {
            Files.createDirectories(directory);
        }
        LocalDynamoDBServerHandler handler = new LocalDynamoDBServerHandler(
                new LocalDynamoDBRequestHandler(
                        0, directory == null, directory == null ? null : directory.toString(), true, false),
                null);
        // its own server listens on all addresses, so it serves for its handlers alone
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new DynamoDBProxyServer(0, handler).setUpHandler(handler));
        server.start();
        return new LocalTables(server, connector);
    }

    /** Where it answers. */
    public String endpoint() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    /** Environment variables by which any AWS SDK finds these tables, with credentials that only they take. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", endpoint(),
                "AWS_ENDPOINT_URL_DYNAMODB_STREAMS", endpoint(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local");
    }

    /** Makes the operator's tables, if they do not exist yet. */
    public void create(String mirrors, String statuses) {
        try (DynamoDbClient client = DynamoDbClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(URI.create(endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build()) {
            TableSchema.create(client, mirrors, statuses);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // Jetty's signature
            throw new IllegalStateException("DynamoDB Local does not stop", e);
        }
    }
}
