package dev.imagemirror.operator.reconcile.dry;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;

/** Read-only ports: what a pass would write is kept in memory. Thread-safe. */
public final class DryRun {
    private final DryStatusTable statuses;
    private final DryJobQueue jobs;
    private final Ports ports;

    private DryRun(Ports real) {
        this.statuses = new DryStatusTable(real.statuses());
        this.jobs = new DryJobQueue(real.jobs());
        this.ports = new Ports(
                real.mirrors(), statuses, real.registries(), jobs, destination -> new RepositoryCreator.Exists());
    }

    /** A dry run against {@code real}. */
    public static DryRun over(Ports real) {
        return new DryRun(real);
    }

    /** The ports to build a reconciler with. */
    public Ports ports() {
        return ports;
    }

    /** The entry's status as the passes so far would have left it. */
    public EntryRecords after(EntryKey key) {
        return statuses.after(key);
    }

    /** True if the passes so far would have submitted the job of this claim. */
    public boolean wouldSubmit(Claim claim) {
        return jobs.took(claim.jobName());
    }
}
