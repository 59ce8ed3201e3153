package dev.imagemirror.operator.web;

import static dev.imagemirror.operator.web.Metrics.PREFIX;

import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.domain.SyncState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Exports what the dashboard shows: entries, queue, jobs, registries, checks. Call {@link #refresh} before a scrape.
 */
final class StatusMetrics {
    private final MeterRegistry meters;
    private final RegistryMetrics registries;
    private final StatusSource shown;
    private final MultiGauge entries;
    private final MultiGauge pairs;
    private final MultiGauge ready;
    private final Readiness readiness;
    private volatile double oldestDrift;

    StatusMetrics(MeterRegistry meters, RegistryLabels labels, StatusSource shown, Readiness readiness) {
        this.meters = meters;
        this.shown = shown;
        this.readiness = readiness;
        entries = MultiGauge.builder(PREFIX + "entries")
                .description("Entries by the state of their worst pair")
                .register(meters);
        pairs = MultiGauge.builder(PREFIX + "pairs")
                .description("Pairs by state")
                .register(meters);
        registries = new RegistryMetrics(meters, labels);
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
        entries.register(byState(StateCounts.of(all.stream().map(EntryView::state))), true);
        pairs.register(
                byState(StateCounts.of(all.stream()
                        .flatMap(entry -> entry.pairs().stream())
                        .map(pair -> pair.state().syncState()))),
                true);
        oldestDrift = oldestDrift(all);
        ready.register(
                readiness.results().entrySet().stream()
                        .map(check -> Row.of(Tags.of("check", check.getKey()), check.getValue() ? 1 : 0))
                        .collect(Collectors.toList()),
                true);
        registries.refresh(shown.activity().registries().get(), shown.clock().instant());
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

    /** Every state has a row, so that alarms can tell zero from no data. */
    private static List<Row<?>> byState(StateCounts counts) {
        return Stream.of(SyncState.values())
                .<Row<?>>map(state -> Row.of(Tags.of("state", state.word()), counts.of(state)))
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
