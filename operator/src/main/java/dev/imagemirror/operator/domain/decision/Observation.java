package dev.imagemirror.operator.domain.decision;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * What one pass read about a pair from the registries.
 *
 * @param source the source's digest, or why there is none
 * @param destination the destination's digest, or why there is none
 * @param referrers whether the destination has what refers to the source's image; {@link Referrers#NOT_ASKED} unless the
 *     entry wants them and the digests are equal
 * @param unread where and why what refers to the image could not be read; only with {@link Referrers#UNKNOWN}
 */
public record Observation(
        Resolution source, Resolution destination, Referrers referrers, Resolution.@Nullable Unavailable unread) {
    /** With referrers that were compared, or did not have to be. */
    public Observation(Resolution source, Resolution destination, Referrers referrers) {
        this(source, destination, referrers, null);
    }

    /** Requires a reason for what is unknown. */
    public Observation {
        if ((referrers == Referrers.UNKNOWN) != (unread != null)) {
            throw new IllegalArgumentException("referrers are " + referrers + " with reason " + unread);
        }
    }

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

    /** With referrers that could not be read. */
    public static Observation unread(Resolution source, Resolution destination, Resolution.Unavailable why) {
        return new Observation(source, destination, Referrers.UNKNOWN, why);
    }

    /** The source's digest. */
    public @Nullable Digest sourceDigest() {
        return source.digestOrNull();
    }

    /** The destination's digest. */
    public @Nullable Digest destinationDigest() {
        return destination.digestOrNull();
    }
}
