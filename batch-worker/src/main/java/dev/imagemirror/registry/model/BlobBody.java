package dev.imagemirror.registry.model;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a blob's bytes to an upload, once. */
@FunctionalInterface
public interface BlobBody {
    /**
     * Writes all bytes of the blob, or throws, in which case the connection is dropped and the registry keeps nothing.
     */
    void writeTo(OutputStream out) throws IOException;
}
