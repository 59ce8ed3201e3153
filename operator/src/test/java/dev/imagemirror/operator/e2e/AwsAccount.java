package dev.imagemirror.operator.e2e;

import dev.imagemirror.operator.dynamodb.DynamoStatusTable;
import dev.imagemirror.operator.port.StatusTable;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** An account in the emulator, with a stack of {@code environment.yaml}. */
final class AwsAccount implements AutoCloseable {
    static final String ID = "123456789012";
    static final String MIRRORS = "ImageMirrorTable";
    static final String STATUSES = "ImageMirrorStatusTable";
    static final String AUTH_PARAMETER = "/image-mirror/auth";

    private final DynamoDbClient dynamo;
    private final CloudWatchLogsClient logs;

    AwsAccount(String url) {
        dynamo = at(url, DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
        logs = at(url, CloudWatchLogsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
    }

    private static <B extends AwsClientBuilder<B, C>, C> C at(String url, B builder) {
        return builder.endpointOverride(URI.create(url))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("testing", "testing")))
                .build();
    }

    /** The variables by which SDK and CLI find AWS at {@code url} and sign as {@code key}. */
    static Map<String, String> environment(String url, String key) {
        return Map.of(
                "AWS_ENDPOINT_URL", url,
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", key,
                "AWS_SECRET_ACCESS_KEY", "testing",
                "AWS_EC2_METADATA_DISABLED", "true",
                "CONTAINER_AUTH_PARAMETER", AUTH_PARAMETER);
    }

    /** Makes all; {@code auth} is the content of the auth file in the parameter store. */
    AwsStack create(AwsCli aws, String auth) throws IOException, InterruptedException {
        aws.run("ssm", "put-parameter", "--name", AUTH_PARAMETER, "--type", "SecureString", "--value", auth);
        return AwsStack.create(aws, "mirrors", Map.of("Auth", AUTH_PARAMETER));
    }

    /** The status table, read as the operator reads it. */
    StatusTable statuses() {
        return new DynamoStatusTable(
                dynamo, STATUSES, MIRRORS, delay -> TimeUnit.NANOSECONDS.sleep(delay.toNanos()), new Random(1));
    }

    CloudWatchLogsClient logs() {
        return logs;
    }

    @Override
    public void close() {
        dynamo.close();
        logs.close();
    }
}
