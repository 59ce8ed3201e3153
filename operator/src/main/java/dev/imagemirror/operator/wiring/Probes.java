package dev.imagemirror.operator.wiring;

import dev.imagemirror.operator.web.Metrics;
import dev.imagemirror.registry.model.RequestListener;
import java.util.List;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Listeners for requests.
 *
 * @param registries for registry requests
 * @param aws for AWS calls
 */
public record Probes(RequestListener registries, List<MetricPublisher> aws) {
    /** No listeners. */
    static final Probes NONE = new Probes(RequestListener.NONE, List.of());

    /** Counts all requests. */
    public static Probes of(Metrics metrics) {
        return new Probes(metrics::requested, List.of(new AwsCalls(metrics)));
    }
}
