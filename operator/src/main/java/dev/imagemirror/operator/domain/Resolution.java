package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A registry's answer to the question which digest a reference has. */
public sealed interface Resolution {
    /** It has this one. */
    record Found(Digest digest) implements Resolution {}

    /**
     * There is no such tag or manifest (404).
     *
     * @param why what is known about it, for people
     */
    record Missing(@Nullable String why) implements Resolution {
        /** Nothing more is known. */
        public Missing() {
            this(null);
        }
    }

    /** There is no such repository, where the registry says so (ECR's {@code NAME_UNKNOWN}). */
    record RepositoryMissing() implements Resolution {}

    /**
     * The configuration does not allow to ask its registry, or where that leads; nobody was asked.
     *
     * @param message what is not allowed, and the setting that would
     */
    record NotAllowed(String message) implements Resolution {}

    /** Access is refused (401, 403). */
    record Denied(String message) implements Resolution {}

    /**
     * It could not be found out (429, 5xx, time-out, DNS): ask again later.
     *
     * @param message what happened
     * @param throttled true if the registry asked for fewer requests (429)
     * @param retryAfter how long it asked to wait, if it did
     * @param listBroken true if a list was read, but not to its end: the registry answers, the list is odd
     */
    record Unavailable(
            String message, boolean throttled, @Nullable Duration retryAfter, boolean listBroken)
            implements Resolution {
        /** Of a registry that gave no answer that can be used. */
        public Unavailable(String message, boolean throttled, @Nullable Duration retryAfter) {
            this(message, throttled, retryAfter, false);
        }

        /** Of a list that was read, but not to its end. */
        public static Unavailable brokenList(String message) {
            return new Unavailable(message, false, null, true);
        }

        /** The same in other words. */
        public Unavailable saying(String other) {
            return new Unavailable(other, throttled, retryAfter, listBroken);
        }

        /** How long to leave the registry alone: as long as it asked, if that is more than {@code least}. */
        public Duration waitAtLeast(Duration least) {
            return retryAfter == null || retryAfter.compareTo(least) < 0 ? least : retryAfter;
        }
    }

    /** The digest, if there is one and it is known. */
    default @Nullable Digest digestOrNull() {
        return this instanceof Found found ? found.digest() : null;
    }
}
