package dev.imagemirror.operator.web;

import static dev.imagemirror.operator.web.Metrics.PREFIX;

import dev.imagemirror.operator.port.RegistryHealth;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Exports the health of individually labeled registries. Call {@link #refresh} before a scrape. */
final class RegistryMetrics {
    private final MeterRegistry meters;
    private final RegistryLabels labels;
    private final MultiGauge remaining;
    private final MultiGauge cooling;
    /** Errors by label at the last scrape; meters hold their objects weakly. */
    private final Map<String, Double> errors = new ConcurrentHashMap<>();

    RegistryMetrics(MeterRegistry meters, RegistryLabels labels) {
        this.meters = meters;
        this.labels = labels;
        remaining = MultiGauge.builder(PREFIX + "registry.rate.limit.remaining")
                .description("Pulls left according to the registry")
                .register(meters);
        cooling = MultiGauge.builder(PREFIX + "registry.cooling.down")
                .description("1 while the registry is cooling down")
                .register(meters);
    }

    synchronized void refresh(List<RegistryHealth> health, Instant now) {
        Map<String, List<RegistryHealth>> byLabel =
                health.stream().collect(Collectors.groupingBy(each -> labels.of(each.registry())));
        List<Row<?>> left = new ArrayList<>();
        List<Row<?>> cool = new ArrayList<>();
        byLabel.forEach((label, several) -> {
            Tags tags = Tags.of("registry", label);
            several.stream()
                    .mapToInt(RegistryHealth::rateLimitRemaining)
                    .filter(number -> number >= 0)
                    .min()
                    .ifPresent(least -> left.add(Row.of(tags, least)));
            cool.add(Row.of(tags, several.stream().anyMatch(each -> isCooling(each, now)) ? 1 : 0));
            double refused =
                    several.stream().mapToDouble(RegistryHealth::errors).sum();
            if (!errors.containsKey(label)) {
                errors(label);
            }
            errors.merge(label, refused, Math::max);
        });
        remaining.register(left, true);
        cooling.register(cool, true);
    }

    private void errors(String label) {
        FunctionCounter.builder(PREFIX + "registry.errors", errors, known -> known.getOrDefault(label, 0.0))
                .description("Failed registry requests")
                .tags("registry", label)
                .register(meters);
    }

    private static boolean isCooling(RegistryHealth health, Instant now) {
        return health.coolDownUntil() != null && health.coolDownUntil().isAfter(now);
    }
}
