package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One ended copy in a pair's history.
 *
 * @param digest what was to be copied
 * @param endedAt when the operator learnt of the end
 * @param jobId the job
 * @param outcome the word of a {@link CopyResult}, of a failure with its reason: {@code failed: AccessDenied}
 * @param bytes blob bytes moved to this destination's repository; 0 if not known
 * @param duration how long the job ran; zero if not known
 */
public record CopyRecord(
        @Nullable Digest digest,
        @Nullable Instant endedAt,
        @Nullable String jobId,
        String outcome,
        long bytes,
        Duration duration) {
    /** Cuts a long outcome, which may be a job's own words. */
    public CopyRecord {
        jobId = StoredText.orNull(jobId);
        outcome = StoredText.of(outcome);
        Objects.requireNonNull(duration, "duration");
    }
}
