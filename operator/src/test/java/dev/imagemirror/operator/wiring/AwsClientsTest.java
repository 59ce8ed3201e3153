package dev.imagemirror.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.operator.batch.BatchClients;
import dev.imagemirror.operator.testing.TestingAwsProperties;
import dev.imagemirror.operator.web.Metrics;
import dev.imagemirror.worker.credentials.AssumedRoles;
import dev.imagemirror.worker.credentials.AwsLimits;
import dev.imagemirror.worker.credentials.EcrRoles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.metrics.MetricPublisher;

/** No client waits for ever, and of every call somebody hears. */
class AwsClientsTest {
    private final TestingAwsProperties properties = new TestingAwsProperties();
    private final Metrics metrics = new Metrics();
    private final List<MetricPublisher> publishers = Probes.of(metrics).aws();
    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final AwsClients clients = new AwsClients(http, publishers);
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        http.close();
        metrics.close();
        properties.close();
    }

    @Test
    void allHaveTheSameTimeoutsAndPublishers() {
        EcrRegistry registry = EcrRegistry.of("123456789012.dkr.ecr.eu-central-1.amazonaws.com")
                .orElseThrow();
        AssumedRoles roles = new AssumedRoles(EcrRoles.NONE, http, clients.calls());
        opened.add(roles);
        BatchClients batch = BatchClients.standard(publishers);
        opened.add(batch);
        for (AwsClient client : List.of(
                clients.dynamo(), clients.streams(), clients.ecr(registry, roles), batch.reading(), batch.logs())) {
            ClientOverrideConfiguration calls = calls(client);
            assertThat(calls.apiCallAttemptTimeout()).as(client.serviceName()).hasValue(AwsLimits.ATTEMPT);
            assertThat(calls.apiCallTimeout()).as(client.serviceName()).hasValue(AwsLimits.CALL);
            assertThat(calls.metricPublishers()).as(client.serviceName()).isEqualTo(publishers);
        }
        assertThat(calls(batch.submitting()).metricPublishers())
                .as("its time-out is that of each submission")
                .isEqualTo(publishers);
        assertThat(clients.calls().apiCallAttemptTimeout()).hasValue(AwsLimits.ATTEMPT);
    }

    @Test
    void aLongPollHasItsTwentySecondsBeside() {
        ClientOverrideConfiguration calls = calls(clients.sqs());
        Duration poll = Duration.ofSeconds(20);
        assertThat(calls.apiCallAttemptTimeout()).hasValue(AwsLimits.ATTEMPT.plus(poll));
        assertThat(calls.apiCallTimeout()).hasValue(AwsLimits.CALL.plus(poll));
        assertThat(calls.metricPublishers()).isEqualTo(publishers);
    }

    private ClientOverrideConfiguration calls(AwsClient client) {
        opened.add(client);
        return client.serviceClientConfiguration().overrideConfiguration();
    }
}
