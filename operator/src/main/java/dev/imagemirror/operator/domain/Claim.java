package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One process's right to have one job run for some pairs; every pair of the job carries the same claim.
 *
 * @param id random, lower-case hexadecimal
 * @param claimant the process that made it or took it over last
 * @param epoch 1 at first, one more with each takeover
 * @param claimedAt when it was made or taken over
 * @param digest the source digest to copy
 * @param job what is or will be submitted
 * @param jobId what the queue calls the job; null as long as that is not known
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

    /** Requires id and claimant; an empty job id counts as none. */
    public Claim {
        if (id.isEmpty() || claimant.isEmpty()) {
            throw new IllegalArgumentException("a claim needs an id and a claimant");
        }
        Objects.requireNonNull(claimedAt, "claimedAt");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(job, "job");
        jobId = jobId == null || jobId.isEmpty() ? null : jobId;
    }

    /** The name under which the job is submitted and found again. */
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
