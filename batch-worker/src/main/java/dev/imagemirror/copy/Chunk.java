package dev.imagemirror.copy;

import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A buffer of a blob's bytes, and where they stand in it. Handed between threads under {@link BlobBroadcast}'s lock. */
final class Chunk {
    private final byte[] bytes;
    private int length;
    private long offset;
    private @Nullable MessageDigest hashBefore;
    private boolean takenAlong;

    Chunk(int capacity) {
        bytes = new byte[capacity];
    }

    /** Begins anew at the download's place; the hash is kept only if somebody may have to read on alone. */
    void start(BlobDownload download, boolean keepHash) {
        offset = download.offset();
        hashBefore = keepHash ? download.hashSoFar() : null;
    }

    void length(int newLength) {
        length = newLength;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Offset of the first byte after this chunk. */
    long end() {
        return offset + length;
    }

    /** State of the hash function at {@link #end}, for one who reads on from there. */
    MessageDigest hashAtEnd() {
        MessageDigest hash = BlobDownload.copy(Objects.requireNonNull(hashBefore, "retained by detached readers"));
        hash.update(bytes, 0, length);
        return hash;
    }

    /** Somebody reads on alone from here: the chunk must never be filled again. */
    void takeAlong() {
        takenAlong = true;
    }

    boolean isTakenAlong() {
        return takenAlong;
    }
}
