package dev.imagemirror.operator.domain;

import dev.imagemirror.image.ImageReference;
import java.util.Objects;

/**
 * A source tag and a destination to keep in sync.
 *
 * @param source with a tag, a digest or both
 * @param destination with a tag and no digest
 */
public record Pair(ImageReference source, ImageReference destination) {
    /** Rejects references without tag or digest. */
    public Pair {
        Objects.requireNonNull(source.wireReference(), "source needs a tag or a digest");
        Objects.requireNonNull(destination.tag(), "destination needs a tag");
    }

    /** Identity of the destination: equal for different spellings of the same reference. */
    public ImageReference identity() {
        return destination.identity();
    }
}
