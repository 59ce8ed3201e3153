package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Failures so far for a pair's current source digest.
 *
 * @param digest the source digest the counts refer to; null before the first failure
 * @param attempts consecutive failed copies
 * @param divergences consecutive copies that succeeded but left the destination at another digest
 * @param nextAttemptAt earliest next attempt; null for immediately
 * @param cause why it waits until then, if it does
 */
public record Retry(
        @Nullable Digest digest,
        int attempts,
        int divergences,
        @Nullable Instant nextAttemptAt,
        @Nullable Cause cause) {
    /** No failure. */
    public static final Retry NONE = new Retry(null, 0, 0, null, null);

    /** A copy with another cause, or none. */
    public Retry with(@Nullable Cause other) {
        return new Retry(digest, attempts, divergences, nextAttemptAt, other);
    }

    /** A copy with another digest. */
    public Retry withDigest(Digest other) {
        return new Retry(other, attempts, divergences, nextAttemptAt, cause);
    }

    /** A copy with another count of failed copies. */
    public Retry withAttempts(int count) {
        return new Retry(digest, count, divergences, nextAttemptAt, cause);
    }

    /** A copy with another count of diverging copies. */
    public Retry withDivergences(int count) {
        return new Retry(digest, attempts, count, nextAttemptAt, cause);
    }

    /** A copy with another earliest next attempt. */
    public Retry withNextAttemptAt(Instant at) {
        return new Retry(digest, attempts, divergences, at, cause);
    }

    /**
     * The last failure, kept apart from the pair's state, which describes the current observation.
     *
     * @param reason of phase Waiting or Blocked
     * @param message what happened
     * @param destination the destination's digest at the time; null if it had none. A different one ends the wait
     */
    public record Cause(
            Reason reason, String message, @Nullable Digest destination) {
        /** Truncates a long message. */
        public Cause {
            message = StoredText.of(message);
        }
    }
}
