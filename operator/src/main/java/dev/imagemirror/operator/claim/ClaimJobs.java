package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.port.CopyJobQueue;
import java.util.List;
import java.util.Optional;

/** Finds the jobs submitted for a claim, by job name, and terminates duplicates. Thread-safe. */
final class ClaimJobs {
    private final CopyJobQueue queue;
    private final JobEnder ender;

    ClaimJobs(CopyJobQueue queue, JobEnder ender) {
        this.queue = queue;
        this.ender = ender;
    }

    /** All jobs of the claim that the queue lists, oldest first. */
    List<CopyJob> find(Claim claim) {
        return queue.findByName(claim.job().queue(), claim.jobName());
    }

    /** Terminates every job but the one to keep; while a duplicate is alive, returns what is being waited for. */
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
