package dev.imagemirror.operator.wiring;

import dev.imagemirror.operator.web.Metrics;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.metrics.SdkMetric;

/** Counts the SDK's calls and their throttled attempts. Thread-safe. */
final class AwsCalls implements MetricPublisher {
    /** As the SDK classifies errors, see {@link CoreMetric#ERROR_TYPE}. */
    private static final String THROTTLING = "Throttling";

    private final Metrics metrics;

    AwsCalls(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void publish(MetricCollection call) {
        String service = first(call, CoreMetric.SERVICE_ID);
        String operation = first(call, CoreMetric.OPERATION_NAME);
        if (service == null || operation == null) {
            return;
        }
        boolean isGood = Boolean.TRUE.equals(first(call, CoreMetric.API_CALL_SUCCESSFUL));
        long throttled = call.childrenWithName("ApiCallAttempt")
                .filter(attempt -> THROTTLING.equals(first(attempt, CoreMetric.ERROR_TYPE)))
                .count();
        metrics.awsCalled(service, operation, isGood, (int) throttled);
    }

    @Override
    public void close() {}

    private static <T> @Nullable T first(MetricCollection metrics, SdkMetric<T> metric) {
        return metrics.metricValues(metric).stream().findFirst().orElse(null);
    }
}
