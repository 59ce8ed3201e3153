package dev.imagemirror.registry.model;

import dev.imagemirror.image.Digest;

/**
 * A manifest as a registry sent it.
 *
 * @param contentType {@code Content-Type} of the response; empty if it had none
 * @param digest digest of {@code bytes}
 * @param bytes the document, byte for byte; must not be modified
 */
@SuppressWarnings("ArrayRecordComponent") // identity is the digest
public record ManifestContent(String contentType, Digest digest, byte[] bytes) {}
