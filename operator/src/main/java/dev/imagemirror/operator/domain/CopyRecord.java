package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A finished copy in a pair's history.
 *
 * @param digest the digest to copy
 * @param endedAt when the operator learned that the job had ended
 * @param jobId the job
 * @param outcome word of a {@link CopyResult}; failures append the reason: {@code failed: AccessDenied}
 * @param bytes blob bytes copied to this destination's repository; 0 if unknown
 * @param duration the job's run time; zero if unknown
 */
public record CopyRecord(
        @Nullable Digest digest,
        @Nullable Instant endedAt,
        @Nullable String jobId,
        String outcome,
        long bytes,
        Duration duration) {
    /** Truncates long outcomes, which may quote the job. */
    public CopyRecord {
        jobId = StoredText.orNull(jobId);
        outcome = StoredText.of(outcome);
        Objects.requireNonNull(duration, "duration");
    }
}
