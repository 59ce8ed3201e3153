package dev.imagemirror.copy;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a {@link CopyRequest}.
 *
 * @param source as requested
 * @param digest the digest that was copied; null if the source could not be resolved
 * @param sourceBytes blob bytes read from the source
 * @param sourceRequests HTTP requests to the source
 * @param destinations in the order of the request
 */
public record CopyReport(
        ImageReference source,
        @Nullable Digest digest,
        long sourceBytes,
        int sourceRequests,
        List<DestinationReport> destinations) {

    /** Copies the list. */
    public CopyReport {
        destinations = List.copyOf(destinations);
    }

    /** True if every destination now has, already had or (dry run) would get the digest. */
    public boolean isComplete() {
        return destinations.stream().noneMatch(destination -> destination.outcome() == Outcome.FAILED);
    }
}
