package dev.imagemirror.operator.web;

import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.port.RegistryHealth;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the management port shows. The suppliers are quick and thread-safe.
 *
 * @param catalog all entries
 * @param activity current activity
 * @param about constant facts, such as the version
 * @param clock wall clock
 * @param startedAt when the operator started
 */
public record StatusSource(
        EntryCatalog catalog, Activity activity, Map<String, String> about, Clock clock, Instant startedAt) {
    /**
     * Current activity.
     *
     * @param jobs jobs in flight as last seen, by id
     * @param progress progress of jobs, where known
     * @param registries registry health
     * @param queue work queue state
     */
    public record Activity(
            Supplier<Map<String, CopyJob>> jobs,
            Supplier<List<JobProgress>> progress,
            Supplier<List<RegistryHealth>> registries,
            Supplier<QueueState> queue) {}
}
