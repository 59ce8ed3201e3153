package dev.imagemirror.operator.registry;

import java.time.Duration;
import java.util.Objects;

/**
 * How much the operator asks of each registry.
 *
 * @param concurrency requests to one registry at a time; the client needs as many connections a host
 * @param waitingPasses passes that may wait for one registry at a time
 * @param sweepWindow how long an answer stands for equal questions of a sweep; zero for not at all
 * @param rememberedAnswers the most answers that are remembered, of all registries together
 */
public record RegistryLimits(int concurrency, int waitingPasses, Duration sweepWindow, int rememberedAnswers) {
    /** 16 requests and 32 passes a registry, 10 seconds, 50,000 answers. */
    public static final RegistryLimits STANDARD = new RegistryLimits(16, 32, Duration.ofSeconds(10), 50_000);

    /** Every count is at least 1. */
    public RegistryLimits {
        if (concurrency < 1 || waitingPasses < 1 || rememberedAnswers < 1) {
            throw new IllegalArgumentException("limits on a registry must be at least 1: concurrency " + concurrency
                    + ", waiting passes " + waitingPasses + ", remembered answers " + rememberedAnswers);
        }
        Objects.requireNonNull(sweepWindow, "sweepWindow");
    }
}
