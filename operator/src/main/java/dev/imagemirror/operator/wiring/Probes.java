package dev.imagemirror.operator.wiring;

import dev.imagemirror.operator.web.Metrics;
import dev.imagemirror.registry.model.RequestListener;
import java.util.List;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Who hears of requests.
 *
 * @param registries of those to registries
 * @param aws of those to AWS
 */
public record Probes(RequestListener registries, List<MetricPublisher> aws) {
    /** Nobody. */
    static final Probes NONE = new Probes(RequestListener.NONE, List.of());

    /** All are counted. */
    public static Probes of(Metrics metrics) {
        return new Probes(metrics::requested, List.of(new AwsCalls(metrics)));
    }
}
