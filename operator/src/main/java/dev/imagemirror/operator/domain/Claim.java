package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A process's exclusive right to run one copy job for some pairs; all pairs of the job carry the same claim.
 *
 * @param id random, lower-case hexadecimal
 * @param claimant the process that made the claim or last took it over
 * @param epoch starts at 1; incremented by each takeover
 * @param claimedAt when it was made or taken over
 * @param digest the source digest to copy
 * @param job the job to submit, or already submitted
 * @param jobId the queue's job id; null until known
 */
public record Claim(
        String id,
        String claimant,
        int epoch,
        Instant claimedAt,
        Digest digest,
        CopyJobSpec job,
        @Nullable String jobId) {
    /** Prefix of all copy job names. */
    public static final String JOB_NAME_PREFIX = "mirror-";

    /** Rejects an empty id or claimant; an empty job id becomes null. */
    public Claim {
        if (id.isEmpty() || claimant.isEmpty()) {
            throw new IllegalArgumentException("a claim needs an id and a claimant");
        }
        Objects.requireNonNull(claimedAt, "claimedAt");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(job, "job");
        jobId = jobId == null || jobId.isEmpty() ? null : jobId;
    }

    /** The job name, under which a submitted job can be found again. */
    public String jobName() {
        return JOB_NAME_PREFIX + id;
    }

    /** This claim with the job's id. */
    public Claim submittedAs(String newJobId) {
        return new Claim(id, claimant, epoch, claimedAt, digest, job, newJobId);
    }

    /** This claim, taken over by another process. */
    public Claim takenOverBy(String newClaimant, Instant at) {
        return new Claim(id, newClaimant, epoch + 1, at, digest, job, null);
    }
}
