package dev.imagemirror.testing.registry;

import java.util.Objects;

/** A manifest as it was pushed, byte for byte. */
record StoredManifest(String digest, String mediaType, Content content) {
    StoredManifest {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(content, "content");
    }
}
