package dev.imagemirror.operator.port;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a registry does, as the operator sees it.
 *
 * @param registry canonical name
 * @param waitingPasses passes that wait for its answers
 * @param requests HTTP requests so far, without those for tokens
 * @param errors questions so far that were refused or not answered
 * @param coolDownUntil until when it is left alone
 * @param rateLimitRemaining pulls that it allows in its present window; -1 if it did not say
 */
public record RegistryHealth(
        String registry,
        int waitingPasses,
        long requests,
        long errors,
        @Nullable Instant coolDownUntil,
        int rateLimitRemaining) {}
