package dev.imagemirror.operator.port;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Health of a registry as seen by the operator.
 *
 * @param registry canonical name
 * @param waitingPasses passes waiting for its answers
 * @param requests HTTP requests so far, excluding token requests
 * @param errors questions so far that were refused or went unanswered
 * @param coolDownUntil end of its cool-down
 * @param rateLimitRemaining pulls left in the current rate limit window; -1 if not reported
 */
public record RegistryHealth(
        String registry,
        int waitingPasses,
        long requests,
        long errors,
        @Nullable Instant coolDownUntil,
        int rateLimitRemaining) {}
