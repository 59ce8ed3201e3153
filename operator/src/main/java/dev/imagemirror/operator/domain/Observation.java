package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;

/**
 * What one pass read about a pair from the registries.
 *
 * @param source the source's digest, or why there is none
 * @param destination the destination's digest, or why there is none
 * @param referrers whether the destination has what refers to the source's image; {@link Referrers#NOT_ASKED} unless the
 *     entry wants them and the digests are equal
 */
public record Observation(Resolution source, Resolution destination, Referrers referrers) {
    /** Referrers at both sides, compared. */
    public enum Referrers {
        /** They do not belong to this comparison. */
        NOT_ASKED,
        /** The destination has all of the source's. */
        COMPLETE,
        /** The destination lacks some. */
        LACKING,
        /** One side could not be read. */
        UNKNOWN
    }

    /** The source's digest, or null. */
    public Digest sourceDigest() {
        return source.digestOrNull();
    }

    /** The destination's digest, or null. */
    public Digest destinationDigest() {
        return destination.digestOrNull();
    }
}
