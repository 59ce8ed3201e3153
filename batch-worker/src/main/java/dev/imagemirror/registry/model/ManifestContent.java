package dev.imagemirror.registry.model;

import dev.imagemirror.image.Digest;

/**
 * A manifest as a registry gave it.
 *
 * @param contentType media type of the answer, or null
 * @param digest digest of {@code bytes}
 * @param bytes the document, byte for byte; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // identity is the digest
public record ManifestContent(String contentType, Digest digest, byte[] bytes) {}
