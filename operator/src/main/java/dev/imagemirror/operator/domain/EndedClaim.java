package dev.imagemirror.operator.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A claim that has ended though one of its submissions may not have landed yet: it was taken over, so its job was
 * submitted more than once, or by a process that nobody heard of again. Its name is searched for some more time.
 *
 * @param jobName under which a job may still appear
 * @param queue where
 * @param watchedUntil not searched for after this
 */
public record EndedClaim(String jobName, String queue, Instant watchedUntil) {
    /**
     * How long it is searched for. AWS takes no request that was signed more than five minutes ago (Signature Version 4);
     * clocks may be five minutes apart; the rest is for processes that stall between claim and submission.
     */
    public static final Duration WATCH = Duration.ofMinutes(30);

    /** Both are needed to search for the job. */
    public EndedClaim {
        if (jobName.isEmpty() || queue.isEmpty()) {
            throw new IllegalArgumentException("an ended claim needs its job's name and queue");
        }
        Objects.requireNonNull(watchedUntil, "watchedUntil");
    }

    /** The claim, ended at {@code now}. */
    static EndedClaim of(Claim claim, Instant now) {
        return new EndedClaim(claim.jobName(), claim.job().queue(), now.plus(WATCH));
    }
}
