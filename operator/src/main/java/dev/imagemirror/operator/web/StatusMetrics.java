package dev.imagemirror.operator.web;

import static dev.imagemirror.operator.web.Metrics.PREFIX;

import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.port.RegistryHealth;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures what the dashboard shows: entries, queue, jobs, registries, checks. {@link #refresh} comes before a scrape. */
final class StatusMetrics {
    private final MeterRegistry meters;
    private final RegistryLabels labels;
    private final StatusSource shown;
    private final MultiGauge entries;
    private final MultiGauge pairs;
    private final MultiGauge remaining;
    private final MultiGauge cooling;
    private final MultiGauge ready;
    private final Readiness readiness;
    /** Errors by label, as at the last scrape; meters hold their objects weakly. */
    private final Map<String, Double> errors = new ConcurrentHashMap<>();

    private volatile double oldestDrift;

    StatusMetrics(MeterRegistry meters, RegistryLabels labels, StatusSource shown, Readiness readiness) {
        this.meters = meters;
        this.labels = labels;
        this.shown = shown;
        this.readiness = readiness;
        entries = MultiGauge.builder(PREFIX + "entries")
                .description("Entries by the state of their worst pair")
                .register(meters);
        pairs = MultiGauge.builder(PREFIX + "pairs")
                .description("Pairs by state")
                .register(meters);
        remaining = MultiGauge.builder(PREFIX + "registry.rate.limit.remaining")
                .description("Pulls left according to the registry")
                .register(meters);
        cooling = MultiGauge.builder(PREFIX + "registry.cooling.down")
                .description("1 while the registry is cooling down")
                .register(meters);
        ready = MultiGauge.builder(PREFIX + "ready")
                .description("1 if the /readyz check passes")
                .register(meters);
        gauge("oldest.drift.age", "Age of the oldest drift", now -> now.oldestDrift, "seconds");
        queue("queue.depth", "Entries waiting for a worker", QueueState::depth);
        queue("queue.planned", "Entries scheduled for later", QueueState::planned);
        queue("workers", "Configured worker threads", QueueState::workers);
        queue("workers.alive", "Running worker threads", QueueState::aliveWorkers);
        gauge("queue.oldest.wait", "Longest time an entry has been waiting", StatusMetrics::oldestWait, "seconds");
        gauge("jobs.in.flight", "Copy jobs in flight", StatusMetrics::jobs, null);
        gauge("start.time", "Start time of the operator as Unix time", StatusMetrics::start, "seconds");
    }

    synchronized void refresh() {
        Collection<EntryView> all = shown.catalog().entries();
        entries.register(byState(all.stream().map(EntryView::word)), true);
        pairs.register(
                byState(all.stream()
                        .flatMap(entry -> entry.pairs().stream())
                        .map(pair -> pair.state().word())),
                true);
        oldestDrift = oldestDrift(all);
        ready.register(
                readiness.results().entrySet().stream()
                        .map(check -> Row.of(Tags.of("check", check.getKey()), check.getValue() ? 1 : 0))
                        .collect(Collectors.toList()),
                true);
        registries(shown.activity().registries().get());
    }

    private void registries(List<RegistryHealth> health) {
        Instant now = shown.clock().instant();
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

    private double oldestDrift(Collection<EntryView> all) {
        Instant now = shown.clock().instant();
        return all.stream()
                .map(EntryView::driftedSince)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(since -> Duration.between(since, now).toMillis() / 1000.0)
                .orElse(0.0);
    }

    /** Every state has its row, so that an alarm can tell none from unknown. */
    private static List<Row<?>> byState(Stream<String> words) {
        Map<String, Long> counts = words.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return EntryView.WORST_FIRST.stream()
                .<Row<?>>map(word -> Row.of(Tags.of("state", word), counts.getOrDefault(word, 0L)))
                .collect(Collectors.toList());
    }

    private double jobs() {
        return shown.catalog().entries().stream()
                .flatMap(entry -> entry.pairs().stream())
                .filter(pair -> pair.claim() != null)
                .map(pair -> pair.claim().id())
                .distinct()
                .count();
    }

    private QueueState queue() {
        return shown.activity().queue().get();
    }

    private double oldestWait() {
        return queue().oldestWaiting().toMillis() / 1000.0;
    }

    private double start() {
        return shown.startedAt().toEpochMilli() / 1000.0;
    }

    private void queue(String name, String meaning, ToDoubleFunction<QueueState> value) {
        gauge(name, meaning, now -> value.applyAsDouble(now.queue()), null);
    }

    private void gauge(String name, String meaning, ToDoubleFunction<StatusMetrics> value, @Nullable String unit) {
        Gauge.builder(PREFIX + name, this, value)
                .description(meaning)
                .baseUnit(unit)
                .register(meters);
    }
}
