package dev.imagemirror.operator.registry;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidManifestException;
import dev.imagemirror.image.Manifest;
import dev.imagemirror.image.ManifestParser;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.model.ManifestContent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sums up an image's blobs from its manifests. Thread-safe; blocking. */
final class ImageSize {
    /** Images with more manifests are not measured. */
    private static final int MAX_MANIFESTS = 500;

    private final RegistryClient client;

    ImageSize(RegistryClient client) {
        this.client = client;
    }

    /** Total bytes of distinct blobs; empty if a manifest could not be read. */
    OptionalLong ask(RegistryThrottle site, ImageReference repository, Digest image) {
        Map<Digest, Long> blobs = new HashMap<>();
        Set<Digest> seen = new HashSet<>(Set.of(image));
        Deque<Digest> unread = new ArrayDeque<>(seen);
        while (!unread.isEmpty()) {
            Manifest manifest = seen.size() > MAX_MANIFESTS ? null : read(site, repository, unread.poll());
            if (manifest == null) {
                return OptionalLong.empty();
            }
            manifest.blobs().forEach(blob -> blobs.put(blob.digest(), blob.size()));
            for (Descriptor child : manifest.manifests()) {
                if (!MediaTypes.isAnyManifest(child.mediaType())) {
                    blobs.put(child.digest(), child.size()); // most likely an in-toto statement
                } else if (seen.add(child.digest())) {
                    unread.add(child.digest());
                }
            }
        }
        return OptionalLong.of(
                blobs.values().stream().mapToLong(Long::longValue).sum());
    }

    private @Nullable Manifest read(RegistryThrottle site, ImageReference repository, Digest digest) {
        Answer<ManifestContent> content = site.ask(repository, place -> client.manifest(place, digest.toString()));
        try {
            return content instanceof Answer.Given<ManifestContent> given
                    ? ManifestParser.parse(given.value().bytes(), given.value().contentType())
                    : null;
        } catch (InvalidManifestException e) {
            return null;
        }
    }
}
