package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A registry's answer when asked for a reference's digest. */
public sealed interface Resolution {
    /** The reference has this digest. */
    record Found(Digest digest) implements Resolution {}

    /**
     * No such tag or manifest (404).
     *
     * @param why details, for display
     */
    record Missing(@Nullable String why) implements Resolution {
        /** Without details. */
        public Missing() {
            this(null);
        }
    }

    /** No such repository, where the registry distinguishes this (ECR's {@code NAME_UNKNOWN}). */
    record RepositoryMissing() implements Resolution {}

    /**
     * The configuration forbids access to the registry, or to where it redirects; no request was sent.
     *
     * @param message what is not allowed, and which setting would allow it
     */
    record NotAllowed(String message) implements Resolution {}

    /** Access denied (401, 403). */
    record Denied(String message) implements Resolution {}

    /**
     * Temporarily unavailable (429, 5xx, timeout, DNS); retry later.
     *
     * @param message what happened
     * @param throttled true if the registry is rate limiting (429)
     * @param retryAfter the delay it asked for, if any
     * @param listBroken true if a list could not be read to its end: the registry answers, but the list is malformed
     */
    record Unavailable(
            String message, boolean throttled, @Nullable Duration retryAfter, boolean listBroken)
            implements Resolution {
        /** No usable answer from the registry. */
        public Unavailable(String message, boolean throttled, @Nullable Duration retryAfter) {
            this(message, throttled, retryAfter, false);
        }

        /** A list that could not be read to its end. */
        public static Unavailable brokenList(String message) {
            return new Unavailable(message, false, null, true);
        }

        /** A copy with another message. */
        public Unavailable saying(String other) {
            return new Unavailable(other, throttled, retryAfter, listBroken);
        }

        /** How long to leave the registry alone: at least {@code least}, longer if it asked for more. */
        public Duration waitAtLeast(Duration least) {
            return retryAfter == null || retryAfter.compareTo(least) < 0 ? least : retryAfter;
        }
    }

    /** The digest, if found. */
    default @Nullable Digest digestOrNull() {
        return this instanceof Found found ? found.digest() : null;
    }
}
