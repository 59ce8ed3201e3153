package dev.imagemirror.operator.domain;

import dev.imagemirror.image.ImageReference;
import java.util.Objects;

/**
 * One source tag and one destination to keep in sync.
 *
 * @param source with a tag, a digest or both
 * @param destination with a tag and no digest
 */
public record Pair(ImageReference source, ImageReference destination) {
    /** Rejects references that are not concrete. */
    public Pair {
        Objects.requireNonNull(source.wireReference(), "source needs a tag or a digest");
        Objects.requireNonNull(destination.tag(), "destination needs a tag");
    }

    /** The destination's identity: equal for two spellings of one place. */
    public ImageReference identity() {
        return destination.identity();
    }
}
