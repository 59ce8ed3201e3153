package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.PortException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Looks at all jobs in flight at once, and has the entries worked whose jobs have ended. Thread-safe. */
public final class JobPoller {
    private final CopyJobQueue jobs;
    private final LiveClaims live;
    private final Consumer<EntryKey> enqueue;
    private volatile Map<String, CopyJob> seen = Map.of();

    /** @param enqueue has an entry worked soon */
    public JobPoller(CopyJobQueue jobs, LiveClaims live, Consumer<EntryKey> enqueue) {
        this.jobs = jobs;
        this.live = live;
        this.enqueue = enqueue;
    }

    /**
     * Looks once.
     *
     * @throws PortException if the queue could not be asked
     */
    public void poll() {
        Collection<LiveClaims.Live> claims = live.all();
        List<String> ids = claims.stream()
                .map(LiveClaims.Live::jobId)
                .filter(id -> id != null)
                .toList();
        if (ids.isEmpty()) {
            seen = Map.of();
            return;
        }
        Map<String, CopyJob> known = jobs.describe(ids);
        seen = Map.copyOf(known);
        for (LiveClaims.Live claim : claims) {
            CopyJob job = claim.jobId() == null ? null : known.get(claim.jobId());
            if (claim.jobId() != null && (job == null || job.state().isEnded())) {
                enqueue.accept(claim.key());
            }
        }
    }

    /** The jobs in flight as they were at the last look, by id. */
    public Map<String, CopyJob> seen() {
        return seen;
    }
}
