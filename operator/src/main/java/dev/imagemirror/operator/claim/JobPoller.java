package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.PortException;
import java.util.Map;
import java.util.function.Consumer;

/** Polls all jobs in flight at once, and enqueues the entries whose jobs have ended. Thread-safe. */
public final class JobPoller {
    private final CopyJobQueue jobs;
    private final LiveClaims live;
    private final Consumer<EntryKey> enqueue;
    private volatile Map<String, CopyJob> seen = Map.of();

    /** @param enqueue enqueues an entry */
    public JobPoller(CopyJobQueue jobs, LiveClaims live, Consumer<EntryKey> enqueue) {
        this.jobs = jobs;
        this.live = live;
        this.enqueue = enqueue;
    }

    /**
     * Polls once.
     *
     * @throws PortException if the queue could not be queried
     */
    public void poll() {
        Map<String, EntryKey> entries = live.jobs();
        Map<String, CopyJob> known = entries.isEmpty() ? Map.of() : jobs.describe(entries.keySet());
        seen = Map.copyOf(known);
        entries.forEach((id, entry) -> {
            CopyJob job = known.get(id);
            if (job == null || job.state().isEnded()) {
                enqueue.accept(entry);
            }
        });
    }

    /** The jobs in flight as of the last poll, by id. */
    public Map<String, CopyJob> seen() {
        return seen;
    }
}
