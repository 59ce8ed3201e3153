package dev.imagemirror.testing.registry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The blobs, manifests and tags of one repository; safe for any thread. */
final class RepositoryContent {
    private final ConcurrentMap<String, Content> blobs = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, StoredManifest> manifests = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, String> tags = new ConcurrentSkipListMap<>();

    Map<String, Content> blobs() {
        return blobs;
    }

    Map<String, StoredManifest> manifests() {
        return manifests;
    }

    /** Digests by tag, in the order of the tags. */
    Map<String, String> tags() {
        return tags;
    }

    /** The manifest that a tag or a digest names. */
    Optional<StoredManifest> manifest(String reference) {
        String digest = Hashes.wellFormed(reference) ? reference : tags.get(reference);
        return digest == null ? Optional.empty() : Optional.ofNullable(manifests.get(digest));
    }

    /** Removes the manifest and every tag that points at it. */
    boolean deleteManifest(String digest) {
        tags.values().removeIf(digest::equals);
        return manifests.remove(digest) != null;
    }
}
