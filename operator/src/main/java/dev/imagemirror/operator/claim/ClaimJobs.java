package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.port.CopyJobQueue;
import java.util.List;
import java.util.Optional;

/** Finds the jobs that were submitted for a claim, by its name, and ends all but one of them. Thread-safe. */
final class ClaimJobs {
    private final CopyJobQueue queue;
    private final JobEnder ender;

    ClaimJobs(CopyJobQueue queue, JobEnder ender) {
        this.queue = queue;
        this.ender = ender;
    }

    /** Every job of the claim that its queue shows, oldest first. */
    List<CopyJob> find(Claim claim) {
        return queue.findByName(claim.job().queue(), claim.jobName());
    }

    /** Ends every job but the one to keep; gives what is waited for while a duplicate is alive. */
    Optional<String> endDuplicates(List<CopyJob> found, String kept) {
        Optional<String> waitsFor = Optional.empty();
        for (CopyJob job : found) {
            if (!job.id().equals(kept) && !job.state().isEnded()) {
                String ending = "job " + job.id() + ", a duplicate, is being ended";
                waitsFor = ender.end(job.id(), "a duplicate of job " + kept).or(() -> Optional.of(ending));
            }
        }
        return waitsFor;
    }
}
