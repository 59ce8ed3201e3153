package dev.imagemirror.operator.domain;

import dev.imagemirror.image.ImageReference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job's report on each destination ({@code MIRROR-REPORT}).
 *
 * @param destinations in the order of the report
 */
public record JobReport(List<Outcome> destinations) {
    /** Copies the list. */
    public JobReport {
        destinations = List.copyOf(destinations);
    }

    /**
     * One destination.
     *
     * @param destination canonical, with its tag
     * @param outcome the word of a {@link CopyResult}
     * @param bytes blob bytes moved to its repository
     * @param reason the worker's reason word
     * @param error in words
     * @param throttledBy the registry that asked for fewer requests
     */
    public record Outcome(
            ImageReference destination,
            String outcome,
            long bytes,
            @Nullable String reason,
            @Nullable String error,
            @Nullable String throttledBy) {
        /** True if the destination was equal when the job left it. */
        public boolean succeeded() {
            return CopyResult.of(outcome).isSuccess();
        }
    }

    /** What the report says of a destination, however it is spelled, if it is in it. */
    public Optional<Outcome> of(ImageReference destination) {
        return destinations.stream()
                .filter(outcome -> outcome.destination().identity().equals(destination.identity()))
                .findFirst();
    }
}
