package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.time.Instant;

/**
 * What failed so far for a pair's present source digest.
 *
 * @param digest the source digest that the counts are about, or null before the first failure
 * @param attempts copies that failed in a row
 * @param divergences copies that succeeded but left the destination at another digest, in a row
 * @param nextAttemptAt not before this, or null for at once
 */
public record Retry(Digest digest, int attempts, int divergences, Instant nextAttemptAt) {
    /** No failure. */
    public static final Retry NONE = new Retry(null, 0, 0, null);
}
