package dev.imagemirror.operator.domain;

import dev.imagemirror.image.ImageReference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job's report on each destination ({@code MIRROR-REPORT}).
 *
 * @param destinations in report order
 */
public record JobReport(List<Outcome> destinations) {
    /** Copies the list. */
    public JobReport {
        destinations = List.copyOf(destinations);
    }

    /**
     * Outcome for one destination.
     *
     * @param destination canonical, with its tag
     * @param outcome word of a {@link CopyResult}
     * @param bytes blob bytes copied to its repository
     * @param reason the worker's reason word
     * @param error error message
     * @param throttledBy the registry that throttled the job
     */
    public record Outcome(
            ImageReference destination,
            String outcome,
            long bytes,
            @Nullable String reason,
            @Nullable String error,
            @Nullable String throttledBy) {
        /** True if the destination matched the source when the job ended. */
        public boolean succeeded() {
            return CopyResult.of(outcome).isSuccess();
        }
    }

    /** The outcome for a destination, in any spelling, if reported. */
    public Optional<Outcome> of(ImageReference destination) {
        return destinations.stream()
                .filter(outcome -> outcome.destination().identity().equals(destination.identity()))
                .findFirst();
    }
}
