package dev.imagemirror.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a manifest that a copy needs; the bytes themselves are never rewritten. */
public sealed interface Manifest {
    /** The media type according to the document or, failing that, its registry. */
    String mediaType();

    /** The manifest that this one refers to (OCI referrers), if any. */
    @Nullable
    Descriptor subject();

    /** True if this manifest itself refers to {@code image}; a list that says so proves nothing. */
    default boolean refersTo(Digest image) {
        Descriptor subject = subject();
        return subject != null && subject.digest().equals(image);
    }

    /** Children that must exist in a repository before this document is pushed to it. */
    List<Descriptor> manifests();

    /** Blobs that must exist in a repository before this document is pushed to it; without foreign layers. */
    List<Descriptor> blobs();

    /** An OCI index or Docker manifest list. */
    record Index(String mediaType, @Nullable Descriptor subject, List<Descriptor> manifests) implements Manifest {
        public Index {
            manifests = List.copyOf(manifests);
        }

        @Override
        public List<Descriptor> blobs() {
            return List.of();
        }
    }

    /** An image or artifact manifest: its configuration, if any, and its layers. */
    record Image(String mediaType, @Nullable Descriptor subject, List<Descriptor> blobs) implements Manifest {
        public Image {
            blobs = blobs.stream().filter(blob -> !blob.isForeign()).toList();
        }

        @Override
        public List<Descriptor> manifests() {
            return List.of();
        }
    }
}
