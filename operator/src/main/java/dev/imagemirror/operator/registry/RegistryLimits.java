package dev.imagemirror.operator.registry;

import java.time.Duration;
import java.util.Objects;

/**
 * Limits on requests to each registry.
 *
 * @param concurrency concurrent requests per registry; the client needs as many connections per host
 * @param waitingPasses passes that may wait for one registry
 * @param sweepWindow how long an answer is reused for equal questions of a sweep; zero to disable
 * @param rememberedAnswers maximum cached answers over all registries
 */
public record RegistryLimits(int concurrency, int waitingPasses, Duration sweepWindow, int rememberedAnswers) {
    /** Per registry 16 requests and 32 passes; 10 seconds; 50,000 answers. */
    public static final RegistryLimits STANDARD = new RegistryLimits(16, 32, Duration.ofSeconds(10), 50_000);

    /** Requires every count to be at least 1. */
    public RegistryLimits {
        if (concurrency < 1 || waitingPasses < 1 || rememberedAnswers < 1) {
            throw new IllegalArgumentException("limits on a registry must be at least 1: concurrency " + concurrency
                    + ", waiting passes " + waitingPasses + ", remembered answers " + rememberedAnswers);
        }
        Objects.requireNonNull(sweepWindow, "sweepWindow");
    }
}
