package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What failed so far for a pair's present source digest.
 *
 * @param digest the source digest that the counts are about; null before the first failure
 * @param attempts copies that failed in a row
 * @param divergences copies that succeeded but left the destination at another digest, in a row
 * @param nextAttemptAt not before this; null for at once
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

    /** The same for another cause, or none. */
    public Retry with(@Nullable Cause other) {
        return new Retry(digest, attempts, divergences, nextAttemptAt, other);
    }

    /** The same for another digest. */
    public Retry withDigest(Digest other) {
        return new Retry(other, attempts, divergences, nextAttemptAt, cause);
    }

    /** The same with so many copies that failed. */
    public Retry withAttempts(int count) {
        return new Retry(digest, count, divergences, nextAttemptAt, cause);
    }

    /** The same with so many copies that were to no avail. */
    public Retry withDivergences(int count) {
        return new Retry(digest, attempts, count, nextAttemptAt, cause);
    }

    /** The same with another instant. */
    public Retry withNextAttemptAt(Instant at) {
        return new Retry(digest, attempts, divergences, at, cause);
    }

    /**
     * The last failure. It is kept apart from the pair's state, which says what is seen now.
     *
     * @param reason of phase Waiting or Blocked
     * @param message what happened
     * @param destination the digest that the destination had; null for none. Another one ends the waiting
     */
    public record Cause(
            Reason reason, String message, @Nullable Digest destination) {
        /** Cuts a long message. */
        public Cause {
            message = StoredText.of(message);
        }
    }
}
