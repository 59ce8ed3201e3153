package dev.imagemirror.operator.web;

import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.CopyResult;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.engine.LoopListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts events and renders all metrics in Prometheus's text format. Names and labels are documented in
 * {@code docs/metrics.md} and stable; no label contains a source or destination name. Thread-safe; the counting methods
 * are quick and never throw.
 */
public final class Metrics implements AutoCloseable {
    static final String PREFIX = "image.mirror.";
    private static final Duration[] PASS_BUCKETS = seconds(50, 250, 1000, 5000, 15_000, 60_000);
    private static final Duration[] COPY_BUCKETS = seconds(1000, 5000, 15_000, 60_000, 300_000, 900_000, 3_600_000);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RegistryLabels labels = new RegistryLabels();
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private volatile @Nullable StatusMetrics shown;

    /** Registers every counter at zero from the start. */
    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        Stream.of(CopyResult.values()).forEach(this::copies);
        Stream.of(LoopListener.Outcome.values()).forEach(this::passes);
        waits();
        bytes();
    }

    /** Exports the given state from now on. */
    public void observe(StatusSource what, Readiness readiness) {
        what.catalog().onChange(key -> labels.learn(what.catalog().entry(key)));
        shown = new StatusMetrics(registry, labels, what, readiness);
    }

    /** Labels the entry's registries individually from now on, up to the limit. */
    public void learn(MirrorEntry entry) {
        labels.learn(entry);
    }

    /** A pass begins. */
    public void passBegins(Duration waited) {
        waits().record(waited);
    }

    /** A pass has ended. */
    public void passEnded(LoopListener.Outcome outcome, Duration took) {
        passes(outcome).record(took);
    }

    /** A copy has ended. */
    public void copyEnded(CopyRecord copy) {
        CopyResult result = CopyResult.of(copy.outcome());
        copies(result).increment();
        bytes().increment((double) copy.bytes());
        if (!copy.duration().isZero()) {
            durations(result).record(copy.duration());
        }
    }

    /**
     * A request was sent to a registry.
     *
     * @param host target host
     * @param status response status; 0 for none
     */
    public void requested(String host, String method, int status) {
        Counter.builder(PREFIX + "registry.requests")
                .description("HTTP requests to registries")
                .tags(
                        "registry",
                        labels.of(host),
                        "method",
                        HttpWords.method(method),
                        "status",
                        HttpWords.status(status))
                .register(registry)
                .increment();
    }

    /**
     * AWS was called.
     *
     * @param service such as {@code DynamoDB}
     * @param operation such as {@code Query}
     * @param isGood whether it succeeded, possibly after retries
     * @param throttled number of throttled attempts
     */
    public void awsCalled(String service, String operation, boolean isGood, int throttled) {
        Tags tags = Tags.of("service", service.replace(" ", ""), "operation", operation);
        Counter.builder(PREFIX + "aws.calls")
                .description("AWS API calls, not counting retries")
                .tags(tags.and("result", isGood ? "ok" : "error"))
                .register(registry)
                .increment();
        Counter.builder(PREFIX + "aws.throttles")
                .description("AWS API calls throttled")
                .tags(tags)
                .register(registry)
                .increment(throttled);
    }

    /** All metrics in text format 0.0.4. */
    public String scrape() {
        StatusMetrics now = shown;
        if (now != null) {
            now.refresh();
        }
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private Counter copies(CopyResult result) {
        durations(result);
        return Counter.builder(PREFIX + "copies")
                .description("Finished copies, counted per pair")
                .tags("result", result.word())
                .register(registry);
    }

    private Timer durations(CopyResult result) {
        return Timer.builder(PREFIX + "copy")
                .description("Copy job duration")
                .tags("result", result.word())
                .serviceLevelObjectives(COPY_BUCKETS)
                .register(registry);
    }

    private Counter bytes() {
        return Counter.builder(PREFIX + "copied.bytes")
                .description("Bytes moved by copies")
                .register(registry);
    }

    private Timer passes(LoopListener.Outcome outcome) {
        return Timer.builder(PREFIX + "reconcile")
                .description("Reconciles of an entry")
                .tags("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(PASS_BUCKETS)
                .register(registry);
    }

    private Timer waits() {
        return Timer.builder(PREFIX + "queue.wait")
                .description("Time entries waited for a worker")
                .serviceLevelObjectives(PASS_BUCKETS)
                .register(registry);
    }

    private static Duration[] seconds(long... millis) {
        Duration[] durations = new Duration[millis.length];
        for (int i = 0; i < millis.length; i++) {
            durations[i] = Duration.ofMillis(millis[i]);
        }
        return durations;
    }
}
