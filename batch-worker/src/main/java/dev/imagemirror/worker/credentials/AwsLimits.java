package dev.imagemirror.worker.credentials;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.metrics.MetricPublisher;

/** How long a call to AWS may take, and who hears of it: the same for every client, since copies and passes wait for them. */
public final class AwsLimits {
    /** Of one attempt: a page of a scan, the largest answer, is 1 MB at most. */
    public static final Duration ATTEMPT = Duration.ofSeconds(10);

    /** Of a call with the SDK's repetitions. */
    public static final Duration CALL = Duration.ofSeconds(30);

    private AwsLimits() {}

    /**
     * A client's configuration.
     *
     * @param publishers hear of every call
     */
    public static ClientOverrideConfiguration of(List<MetricPublisher> publishers) {
        return of(publishers, Duration.ZERO);
    }

    /**
     * The same for a client whose calls wait.
     *
     * @param wait how long AWS may wait before it answers, as where a queue is polled
     */
    public static ClientOverrideConfiguration of(List<MetricPublisher> publishers, Duration wait) {
        return ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(ATTEMPT.plus(wait))
                .apiCallTimeout(CALL.plus(wait))
                .metricPublishers(publishers)
                .build();
    }
}
