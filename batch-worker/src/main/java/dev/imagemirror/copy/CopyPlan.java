package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.model.RegistryException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one repository lacks of an image.
 *
 * @param manifests in the order in which to push them: children before the documents that name them, the root last
 * @param blobs each once, smallest first, so that a registry's refusal to mount is learnt from a small one
 */
record CopyPlan(List<Digest> manifests, List<Descriptor> blobs) {
    /** Deeper nesting is a mistake or an attack. */
    private static final int MAX_DEPTH = 8;

    private static final int MAX_MANIFESTS = 10_000;

    /** Whether the repository has a manifest, with all that it names. */
    @FunctionalInterface
    interface Presence {
        boolean has(Digest manifest) throws RegistryException;
    }

    /** Walks the image from {@code root}, which the repository is known to lack, leaving out what it has. */
    static CopyPlan of(SourceImage image, Digest root, Presence presence) throws RegistryException {
        Walk walk = new Walk(image, presence);
        walk.visitRoot(root);
        List<Descriptor> blobs = new ArrayList<>(walk.blobs.values());
        blobs.sort(Comparator.comparingLong(Descriptor::size));
        return new CopyPlan(List.copyOf(walk.manifests), blobs);
    }

    private static final class Walk {
        private final SourceImage image;
        private final Presence presence;
        private final List<Digest> manifests = new ArrayList<>();
        private final Map<Digest, Descriptor> blobs = new HashMap<>();
        private final Set<Digest> seen = new HashSet<>();

        Walk(SourceImage image, Presence presence) {
            this.image = image;
            this.presence = presence;
        }

        void visitRoot(Digest root) throws RegistryException {
            seen.add(root);
            follow(root, image.document(root), 0);
        }

        private void visit(Descriptor child, Digest parent, int depth) throws RegistryException {
            Digest digest = child.digest();
            if (depth > MAX_DEPTH || seen.size() > MAX_MANIFESTS) {
                throw SourceImage.invalid(
                        digest,
                        "indexes are nested deeper than " + MAX_DEPTH + " or name more than " + MAX_MANIFESTS
                                + " manifests");
            }
            if (!seen.add(digest) || presence.has(digest)) {
                return;
            }
            SourceImage.Document document = image.child(child);
            if (document == null) {
                add(child, parent);
            } else {
                follow(digest, document, depth);
            }
        }

        private void follow(Digest digest, SourceImage.Document document, int depth) throws RegistryException {
            for (Descriptor child : document.manifest().manifests()) {
                visit(child, digest, depth + 1);
            }
            for (Descriptor blob : document.manifest().blobs()) {
                add(blob, digest);
            }
            manifests.add(digest);
        }

        private void add(Descriptor blob, Digest parent) throws RegistryException {
            Descriptor known = blobs.putIfAbsent(blob.digest(), blob);
            if (known != null && known.size() != blob.size()) {
                throw SourceImage.invalid(parent, "blob " + blob.digest() + " is listed with two different sizes");
            }
        }
    }
}
