package dev.imagemirror.copy;

import dev.imagemirror.image.ImageReference;
import java.util.List;
import java.util.Objects;

/**
 * What to copy where.
 *
 * @param source with a tag, a digest or both; the digest says what to copy
 * @param destinations each with a tag and no digest
 * @param referrers also copy signatures, SBOMs and attestations that refer to the image
 * @param dryRun find out what of the image would be copied, referrers not looked at, and change nothing
 */
public record CopyRequest(ImageReference source, List<ImageReference> destinations, boolean referrers, boolean dryRun) {

    /** Rejects what has no destination and destinations without a tag or with a digest. */
    public CopyRequest {
        Objects.requireNonNull(source.wireReference(), "source needs a tag or a digest");
        destinations = List.copyOf(destinations);
        if (destinations.isEmpty()) {
            throw new IllegalArgumentException("no destination given");
        }
        for (ImageReference destination : destinations) {
            if (destination.tag() == null || destination.digest() != null) {
                throw new IllegalArgumentException("destination " + destination + " must have a tag and no digest");
            }
        }
    }

    /** What the source's registry is asked for: its digest, else its tag. */
    public String sourceReference() {
        return Objects.requireNonNull(source.wireReference(), "checked above");
    }
}
