package dev.imagemirror.operator.web;

import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.domain.SyncState;
import dev.imagemirror.operator.port.RegistryHealth;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The overview: counts, jobs, latest copies, registries, queue. Briefly cached. Thread-safe. */
final class Overview {
    private static final int MAX_COPIES = 60;
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private final StatusSource shown;
    private final LongSupplier nanoTime;
    private @Nullable String text;
    private long madeAt;

    private record Ended(PairStatus pair, CopyRecord copy) {}

    Overview(StatusSource shown, LongSupplier nanoTime) {
        this.shown = shown;
        this.nanoTime = nanoTime;
    }

    /** As JSON. */
    synchronized String json() {
        long now = nanoTime.getAsLong();
        if (text == null || now - madeAt > FRESH_NANOS) {
            text = JsonText.of(document());
            madeAt = now;
        }
        return text;
    }

    private Map<String, Object> document() {
        Collection<EntryView> entries = shown.catalog().entries();
        return new Fields()
                .text("now", shown.clock().instant())
                .text("startedAt", shown.startedAt())
                .put("about", shown.about())
                .put("isListed", shown.catalog().isListed())
                .put("entries", counted(StateCounts.of(entries.stream().map(EntryView::state))))
                .put("ready", ready(entries))
                .put(
                        "pairs",
                        counted(StateCounts.of(
                                pairs(entries).map(pair -> pair.state().syncState()))))
                .text("oldestDrift", oldestDrift(entries))
                .put("jobs", new RunningJobs(shown.activity()).of(pairs(entries)))
                .put("copies", copies(entries))
                .put("registries", registries())
                .put("queue", queue())
                .map();
    }

    private static long ready(Collection<EntryView> entries) {
        return entries.stream()
                .filter(entry -> entry.ready() == EntryView.Ready.TRUE)
                .count();
    }

    private static @Nullable Instant oldestDrift(Collection<EntryView> entries) {
        return entries.stream()
                .map(EntryView::driftedSince)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Stream<PairStatus> pairs(Collection<EntryView> entries) {
        return entries.stream().flatMap(entry -> entry.pairs().stream());
    }

    /** Counts of all states, zeros included, and the total. */
    private static Map<String, Object> counted(StateCounts counts) {
        Map<String, Integer> states = new LinkedHashMap<>();
        for (SyncState state : SyncState.values()) {
            states.put(state.word(), counts.of(state));
        }
        return new Fields().put("total", counts.total()).put("states", states).map();
    }

    private static List<Map<String, Object>> copies(Collection<EntryView> entries) {
        return pairs(entries)
                .flatMap(pair -> pair.progress().history().stream().map(copy -> new Ended(pair, copy)))
                .sorted(Comparator.comparing((Ended ended) -> ended.copy().endedAt())
                        .reversed()
                        .thenComparing(ended -> ended.pair().destination().toString()))
                .limit(MAX_COPIES)
                .map(Overview::copy)
                .toList();
    }

    private static Map<String, Object> copy(Ended ended) {
        CopyRecord copy = ended.copy();
        return new Fields()
                .text("entry", ended.pair().entry())
                .text("source", ended.pair().pair().source())
                .text("destination", ended.pair().destination())
                .text("digest", copy.digest())
                .text("endedAt", copy.endedAt())
                .text("outcome", copy.outcome())
                .put("bytes", copy.bytes())
                .put("seconds", copy.duration().toMillis() / 1000.0)
                .text("jobId", copy.jobId())
                .map();
    }

    private List<Map<String, Object>> registries() {
        return shown.activity().registries().get().stream()
                .map(Overview::registry)
                .toList();
    }

    private static Map<String, Object> registry(RegistryHealth health) {
        return new Fields()
                .text("name", health.registry())
                .put("requests", health.requests())
                .put("errors", health.errors())
                .put("waitingPasses", health.waitingPasses())
                .text("coolDownUntil", health.coolDownUntil())
                .put("rateLimitRemaining", health.rateLimitRemaining() < 0 ? null : health.rateLimitRemaining())
                .map();
    }

    private Map<String, Object> queue() {
        QueueState queue = shown.activity().queue().get();
        return new Fields()
                .put("depth", queue.depth())
                .put("planned", queue.planned())
                .put("oldestWaitingSeconds", queue.oldestWaiting().toMillis() / 1000.0)
                .put("workers", queue.workers())
                .put("aliveWorkers", queue.aliveWorkers())
                .map();
    }
}
