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
 * What there is to show. The suppliers are quick and thread-safe.
 *
 * @param catalog all entries
 * @param activity what goes on
 * @param about facts that do not change, such as the version
 * @param clock wall clock
 * @param startedAt since when the operator runs
 */
public record StatusSource(
        EntryCatalog catalog, Activity activity, Map<String, String> about, Clock clock, Instant startedAt) {
    /**
     * What goes on.
     *
     * @param jobs jobs in flight as they were seen last, by id
     * @param progress how far jobs are, of those of which it is known
     * @param registries how registries do
     * @param queue how the work queue does
     */
    public record Activity(
            Supplier<Map<String, CopyJob>> jobs,
            Supplier<List<JobProgress>> progress,
            Supplier<List<RegistryHealth>> registries,
            Supplier<QueueState> queue) {}
}
