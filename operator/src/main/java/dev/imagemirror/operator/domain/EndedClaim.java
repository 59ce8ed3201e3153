package dev.imagemirror.operator.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * An ended claim of which a submission may still land: it was taken over, so its job may have been submitted twice, or
 * by a process that has since vanished. The operator keeps searching for its job name for a while.
 *
 * @param jobName name under which a job may still appear
 * @param queue the queue to search
 * @param watchedUntil when the search stops
 */
public record EndedClaim(String jobName, String queue, Instant watchedUntil) {
    /**
     * How long to keep searching. AWS rejects requests signed more than five minutes ago (Signature Version 4); clocks
     * may differ by five minutes; the rest covers processes that stall between claim and submission.
     */
    public static final Duration WATCH = Duration.ofMinutes(30);

    /** Rejects empty values: the search needs both. */
    public EndedClaim {
        if (jobName.isEmpty() || queue.isEmpty()) {
            throw new IllegalArgumentException("an ended claim needs its job's name and queue");
        }
        Objects.requireNonNull(watchedUntil, "watchedUntil");
    }

    /** This claim, ended at {@code now}. */
    static EndedClaim of(Claim claim, Instant now) {
        return new EndedClaim(claim.jobName(), claim.job().queue(), now.plus(WATCH));
    }
}
