package dev.imagemirror.image;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A content reference from one document to another (OCI image specification "descriptor"). Immutable.
 *
 * @param mediaType type of the content
 * @param digest identity of the content
 * @param size length of the content in bytes
 * @param urls where else the content is available; usually empty
 * @param platform platform of an index entry
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        List<String> urls,
        @Nullable Platform platform) {
    public Descriptor {
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(digest, "digest");
        if (size < 0) {
            throw new IllegalArgumentException("size of " + digest + " is negative: " + size);
        }
        urls = List.copyOf(urls);
    }

    /** A descriptor of content that only this registry holds. */
    public Descriptor(String mediaType, Digest digest, long size) {
        this(mediaType, digest, size, List.of(), null);
    }

    /** True for a non-distributable layer that is available elsewhere: registries need not hold it. */
    public boolean isForeign() {
        return MediaTypes.isNonDistributable(mediaType) && !urls.isEmpty();
    }
}
