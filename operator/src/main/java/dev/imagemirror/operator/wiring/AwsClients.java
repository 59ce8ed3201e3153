package dev.imagemirror.operator.wiring;

import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.worker.credentials.AssumedRoles;
import dev.imagemirror.worker.credentials.AwsLimits;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.EcrClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Creates clients that share connections, timeouts and metric publishers; callers close them. Region, credentials and
 * endpoints come from the SDK's default chain.
 *
 * @param http closed by its creator
 * @param publishers receive metrics of every call
 */
record AwsClients(SdkHttpClient http, List<MetricPublisher> publishers) {
    /** Maximum length of an SQS long poll ("ReceiveMessage", Amazon SQS API Reference). */
    private static final Duration POLL = Duration.ofSeconds(20);

    /** Timeouts and publishers, for clients created elsewhere. */
    ClientOverrideConfiguration calls() {
        return AwsLimits.of(publishers);
    }

    DynamoDbClient dynamo() {
        return DynamoDbClient.builder()
                .httpClient(http)
                .overrideConfiguration(calls())
                .build();
    }

    DynamoDbStreamsClient streams() {
        return DynamoDbStreamsClient.builder()
                .httpClient(http)
                .overrideConfiguration(calls())
                .build();
    }

    SqsClient sqs() {
        return SqsClient.builder()
                .httpClient(http)
                .overrideConfiguration(AwsLimits.of(publishers, POLL))
                .build();
    }

    /** For the registry's region, with its role if it has one. */
    EcrClient ecr(EcrRegistry registry, AssumedRoles roles) {
        EcrClientBuilder builder = EcrClient.builder()
                .httpClient(http)
                .overrideConfiguration(calls())
                .region(Region.of(registry.region()));
        roles.of(registry).ifPresent(builder::credentialsProvider);
        return builder.build();
    }
}
