package dev.imagemirror.operator.domain.decision;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * What one pass read from the registries about a pair.
 *
 * @param source the source's digest, or why there is none
 * @param destination the destination's digest, or why there is none
 * @param referrers whether the destination has the source image's referrers; {@link Referrers#NOT_ASKED} unless the
 *     entry wants them and the digests match
 * @param unread where and why referrers could not be read; only with {@link Referrers#UNKNOWN}
 */
public record Observation(
        Resolution source, Resolution destination, Referrers referrers, Resolution.@Nullable Unavailable unread) {
    /** An observation whose referrers were compared, or did not need to be. */
    public Observation(Resolution source, Resolution destination, Referrers referrers) {
        this(source, destination, referrers, null);
    }

    /** Requires a reason if the referrers are unknown. */
    public Observation {
        if ((referrers == Referrers.UNKNOWN) != (unread != null)) {
            throw new IllegalArgumentException("referrers are " + referrers + " with reason " + unread);
        }
    }

    /** Referrers of both sides, compared. */
    public enum Referrers {
        /** Not compared. */
        NOT_ASKED,
        /** The destination has all of the source's. */
        COMPLETE,
        /** The destination lacks some of them. */
        LACKING,
        /** One side could not be read. */
        UNKNOWN
    }

    /** An observation whose referrers could not be read. */
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
