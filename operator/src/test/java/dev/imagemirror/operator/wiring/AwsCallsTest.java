package dev.imagemirror.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.batch.BatchClients;
import dev.imagemirror.operator.batch.BatchCopyJobQueue;
import dev.imagemirror.operator.batch.BatchSettings;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.testing.TestingAwsProperties;
import dev.imagemirror.operator.web.Metrics;
import dev.imagemirror.operator.web.PrometheusText;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.FaultList;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Headers;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.TestingHttpServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the SDK measures, counted: calls of real clients on real connections. */
@Timeout(60)
class AwsCallsTest {
    private static final CopyJobSpec JOB =
            new CopyJobSpec("queue", "definition", Map.of("source", "a", "dest", "b"), Map.of(), 60);

    private final Metrics metrics = new Metrics();
    private final FaultList faults = new FaultList();
    private final TestingHttpServer server = TestingHttpServer.start(
            null, faults, request -> Response.text(200, "application/json", "{\"jobId\":\"id-1\",\"jobs\":[]}"));
    private final TestingAwsProperties aws =
            new TestingAwsProperties().endpoint("DynamoDb", server.url()).endpoint("Batch", server.url());

    @AfterEach
    void stop() {
        aws.close();
        server.close();
        metrics.close();
    }

    @Test
    void aThrottledAttemptOfDynamoDbIsCountedBesideTheCallThatSucceedsInTheEnd() {
        faults.add(Fault.on("POST", "/").times(2).then(throttled("ProvisionedThroughputExceededException", 400)));
        try (DynamoDbClient client = DynamoDbClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .metricPublishers(Probes.of(metrics).aws())
                        .build())
                .build()) {
            client.getItem(request -> request.tableName("t").key(Map.of()));
        }
        assertThat(calls("DynamoDB", "GetItem", "ok")).isEqualTo(1);
        assertThat(throttles("DynamoDB", "GetItem")).isEqualTo(2);
    }

    @Test
    void callsOfBatchAreCountedAndThoseThatItThrottles() {
        faults.add(Fault.on("POST", "/v1/submitjob").always().then(throttled("TooManyRequestsException", 429)));
        try (BatchClients clients = BatchClients.standard(Probes.of(metrics).aws())) {
            BatchCopyJobQueue queue = new BatchCopyJobQueue(BatchSettings.of("queue", "definition"), clients);
            queue.describe(List.of("id-1"));
            queue.submit("mirror-1", JOB);
        }
        assertThat(calls("Batch", "DescribeJobs", "ok")).isEqualTo(1);
        assertThat(calls("Batch", "SubmitJob", "error")).isEqualTo(1);
        assertThat(throttles("Batch", "SubmitJob")).isEqualTo(1);
        assertThat(throttles("Batch", "DescribeJobs")).isZero();
    }

    private static Interceptor throttled(String error, int status) {
        return Faults.status(
                status,
                Headers.of(Map.of("x-amzn-ErrorType", error)),
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + error + "\",\"message\":\"slow down\"}");
    }

    private double calls(String service, String operation, String result) {
        return value(
                "image_mirror_aws_calls_total", Map.of("service", service, "operation", operation, "result", result));
    }

    private double throttles(String service, String operation) {
        return value("image_mirror_aws_throttles_total", Map.of("service", service, "operation", operation));
    }

    private double value(String family, Map<String, String> labels) {
        return PrometheusText.parse(metrics.scrape()).get(family).value(labels);
    }
}
