package dev.imagemirror.worker.credentials;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.metrics.MetricPublisher;

/** Time-outs and metrics of AWS calls: the same for every client, since copies and passes wait for them. */
public final class AwsLimits {
    /** Per attempt: the largest response, a page of a scan, is at most 1 MB. */
    public static final Duration ATTEMPT = Duration.ofSeconds(10);

    /** Per call, including the SDK's retries. */
    public static final Duration CALL = Duration.ofSeconds(30);

    private AwsLimits() {}

    /**
     * A client's configuration.
     *
     * @param publishers notified of every call
     */
    public static ClientOverrideConfiguration of(List<MetricPublisher> publishers) {
        return of(publishers, Duration.ZERO);
    }

    /**
     * The same, for a client with long polling.
     *
     * @param wait how long AWS may wait before it responds, as when polling a queue
     */
    public static ClientOverrideConfiguration of(List<MetricPublisher> publishers, Duration wait) {
        return ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(ATTEMPT.plus(wait))
                .apiCallTimeout(CALL.plus(wait))
                .metricPublishers(publishers)
                .build();
    }
}
