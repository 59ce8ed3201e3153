package dev.imagemirror.image;

import java.util.List;

/**
 * The tags {@code sha256-<hex>.sig}, {@code .att} and {@code .sbom} under which cosign keeps signatures, attestations
 * and SBOMs of an image (sigstore/cosign, "Registry details").
 */
public final class CosignTags {
    private static final List<String> SUFFIXES = List.of(".sig", ".att", ".sbom");

    private CosignTags() {}

    /** The tags that may belong to the image. */
    public static List<String> of(Digest image) {
        return SUFFIXES.stream()
                .map(suffix -> image.algorithm() + "-" + image.hex() + suffix)
                .toList();
    }

    /**
     * True if such a tag may hold the manifest. Some registries serve an image under it instead; what cosign stores is
     * not an index and has no file system layers.
     */
    public static boolean mayHold(Manifest manifest) {
        return manifest instanceof Manifest.Image
                && manifest.blobs().stream().noneMatch(blob -> MediaTypes.isFileSystemLayer(blob.mediaType()));
    }
}
