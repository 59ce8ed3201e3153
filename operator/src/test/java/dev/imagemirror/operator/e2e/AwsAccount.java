package dev.imagemirror.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.operator.dynamodb.DynamoStatusTable;
import dev.imagemirror.operator.dynamodb.TableSchema;
import dev.imagemirror.operator.reconcile.StatusTable;
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

/** What {@code environment.yaml} makes in an account, made in the emulator: tables, queue, job definition. */
final class AwsAccount implements AutoCloseable {
    static final String ID = "123456789012";
    static final String MIRRORS = "ImageMirrorTable";
    static final String STATUSES = "ImageMirrorStatusTable";
    static final String QUEUE = "MirrorQueue";
    static final String DEFINITION = "MirrorJob";
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

    /** The variables by which SDK and CLI find the emulator; what is for Batch goes by {@code batchUrl}. */
    static Map<String, String> environment(String url, String batchUrl) {
        return Map.of(
                "AWS_ENDPOINT_URL", url,
                "AWS_ENDPOINT_URL_BATCH", batchUrl,
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "testing",
                "AWS_SECRET_ACCESS_KEY", "testing",
                "AWS_EC2_METADATA_DISABLED", "true",
                "CONTAINER_AUTH_PARAMETER", AUTH_PARAMETER);
    }

    /** Makes all; {@code auth} is the content of the auth file in the parameter store. */
    void create(AwsCli aws, String auth) throws IOException, InterruptedException {
        TableSchema.create(dynamo, MIRRORS, STATUSES);
        aws.run("ssm", "put-parameter", "--name", AUTH_PARAMETER, "--type", "SecureString", "--value", auth);
        JsonNode role = aws.run("iam", "create-role", "--role-name", "batch", "--assume-role-policy-document", "{}");
        String roleArn = role.at("/Role/Arn").asText();
        String subnet =
                aws.run("ec2", "describe-subnets").at("/Subnets/0/SubnetId").asText();
        String group = aws.run("ec2", "describe-security-groups")
                .at("/SecurityGroups/0/GroupId")
                .asText();
        aws.run(
                "batch",
                "create-compute-environment",
                "--compute-environment-name=Mirroring",
                "--type=MANAGED",
                "--service-role=" + roleArn,
                "--compute-resources=type=FARGATE,maxvCpus=4,subnets=" + subnet + ",securityGroupIds=" + group);
        aws.run(
                "batch",
                "create-job-queue",
                "--job-queue-name=" + QUEUE,
                "--state=ENABLED",
                "--priority=1",
                "--compute-environment-order=order=1,computeEnvironment=Mirroring");
        aws.run(
                "batch",
                "register-job-definition",
                "--job-definition-name=" + DEFINITION,
                "--type=container",
                "--platform-capabilities=FARGATE",
                "--container-properties=" + container(roleArn));
    }

    private static String container(String role) {
        return """
                {"image": "mirror", "command": ["mirror", "Ref::source", "Ref::dest"], "executionRoleArn": "%s",
                 "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}],
                 "environment": [{"name": "CONTAINER_AUTH_PARAMETER", "value": "%s"}]}""".formatted(role, AUTH_PARAMETER);
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
