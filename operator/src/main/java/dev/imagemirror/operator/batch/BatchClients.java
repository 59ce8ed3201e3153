package dev.imagemirror.operator.batch;

import dev.imagemirror.worker.credentials.AwsLimits;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/**
 * The SDK's clients as {@link BatchCopyJobQueue} needs them.
 *
 * @param submitting never repeats a request, since {@code SubmitJob} has no client token: each try may be a job
 * @param reading repeats what failed, as the SDK does by default
 * @param logs reads the jobs' output
 */
public record BatchClients(BatchClient submitting, BatchClient reading, CloudWatchLogsClient logs)
        implements AutoCloseable {
    /** Region, credentials and endpoints come from the SDK's standard chain. */
    public static BatchClients standard() {
        return standard(List.of());
    }

    /**
     * The same with metric publishers.
     *
     * @param publishers hear of every call
     */
    public static BatchClients standard(List<MetricPublisher> publishers) {
        return of(builder -> {}, publishers);
    }

    /** The same with customized builders. */
    static BatchClients of(Consumer<AwsClientBuilder<?, ?>> site) {
        return of(site, List.of());
    }

    private static BatchClients of(Consumer<AwsClientBuilder<?, ?>> site, List<MetricPublisher> publishers) {
        var submitting = BatchClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        var reading = BatchClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        var logs = CloudWatchLogsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        submitting.overrideConfiguration(config ->
                config.retryStrategy(DefaultRetryStrategy.doNotRetry()).metricPublishers(publishers));
        reading.overrideConfiguration(AwsLimits.of(publishers));
        logs.overrideConfiguration(AwsLimits.of(publishers));
        site.accept(submitting);
        site.accept(reading);
        site.accept(logs);
        return new BatchClients(submitting.build(), reading.build(), logs.build());
    }

    @Override
    public void close() {
        submitting.close();
        reading.close();
        logs.close();
    }
}
