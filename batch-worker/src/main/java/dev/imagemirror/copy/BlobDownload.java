package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.BlobStream;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one blob, resuming where a connection broke, and verifies its digest before it hands out the last bytes, so
 * that nobody can complete an upload of altered data. Not thread-safe.
 */
final class BlobDownload implements AutoCloseable {
    private static final int MAX_FAILURES_IN_A_ROW = 5;

    private final SourceRepository source;
    private final Descriptor blob;
    private final MessageDigest hash;
    private long offset;
    private int failures;
    private final Set<Repository> givers = new HashSet<>();
    private @Nullable BlobStream stream;

    /**
     * @param offset where to begin
     * @param hash state of the hash function after {@code offset} bytes
     */
    BlobDownload(SourceRepository source, Descriptor blob, long offset, MessageDigest hash) {
        this.source = source;
        this.blob = blob;
        this.offset = offset;
        this.hash = hash;
    }

    /** Where the next bytes come from. */
    long offset() {
        return offset;
    }

    /** The state of the hash function after {@link #offset} bytes. */
    MessageDigest hashSoFar() {
        return copy(hash);
    }

    boolean isComplete() {
        return offset == blob.size();
    }

    /**
     * Fills {@code buffer} as far as the blob has bytes.
     *
     * @return the number of bytes; less than the buffer's length only at the end, when the digest has been verified
     */
    int fill(byte[] buffer) throws RegistryException {
        int wanted = (int) Math.min(buffer.length, blob.size() - offset);
        int filled = 0;
        while (filled < wanted) {
            filled += read(buffer, filled, wanted - filled);
        }
        source.countBytes(filled);
        if (isComplete()) {
            verify();
        }
        return filled;
    }

    private int read(byte[] buffer, int from, int length) throws RegistryException {
        if (stream == null) {
            SourceRepository.Blob opened = source.blob(blob, offset);
            givers.add(opened.place());
            stream = opened.stream();
        }
        try {
            int count = stream.read(buffer, from, length);
            if (count < 0) {
                throw stream.marksItsEnd()
                        ? tooShort()
                        : new IOException("unexpected end of data after " + offset + " of " + blob.size() + " bytes");
            }
            hash.update(buffer, from, count);
            offset += count;
            failures = 0;
            return count;
        } catch (IOException e) {
            Optional<RegistryException> lasting = stream.encodingFault("blob " + blob.digest())
                    .or(() -> e instanceof RegistryException typed ? Optional.of(typed) : Optional.empty());
            close();
            if (lasting.isPresent()) {
                throw useless(lasting.get());
            }
            if (++failures > MAX_FAILURES_IN_A_ROW || Thread.currentThread().isInterrupted()) {
                throw useless(new RegistryException(
                        ErrorKind.TEMPORARY, "download of " + blob.digest() + " failed: " + e.getMessage(), e));
            }
            return 0;
        }
    }

    /** Checks the digest of what was read, which must be everything. */
    void verify() throws RegistryException {
        Digest actual = Digest.ofHash(blob.digest().algorithm(), copy(hash).digest());
        if (!actual.equals(blob.digest())) {
            throw useless(lastingFault()
                    .orElseGet(() -> new RegistryException(
                            ErrorKind.TEMPORARY,
                            "blob " + blob.digest() + " was corrupted in transit: its digest is " + actual
                                    + "; if this persists, the source or a proxy in front of it alters content")));
        }
        drain();
    }

    /** Why another read would bring the same. */
    private Optional<RegistryException> lastingFault() {
        BlobStream answer = stream;
        return answer == null
                ? Optional.empty()
                : answer.encodingFault("blob " + blob.digest())
                        .or(() -> hasMore(answer) ? Optional.of(otherSize("more than the ")) : Optional.empty());
    }

    private RegistryException tooShort() {
        return otherSize("only " + offset + " of the ");
    }

    private RegistryException otherSize(String amount) {
        return new RegistryException(
                ErrorKind.INVALID_IMAGE,
                "blob " + blob.digest() + " has " + amount + blob.size() + " bytes given in its descriptor;"
                        + " the image is broken, or the source or a proxy in front of it alters content");
    }

    private static boolean hasMore(BlobStream answer) {
        try {
            return answer.read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Nobody who had a part in this download is asked again, unless there is no one else: what a mirror gave says nothing
     * of the image.
     */
    private RegistryException useless(RegistryException error) {
        if (Thread.currentThread().isInterrupted()) {
            return error;
        }
        boolean ofMirror = false;
        for (Repository place : givers) {
            ofMirror |= source.passOver(place, error);
        }
        return ofMirror ? error.as(ErrorKind.TEMPORARY) : error;
    }

    /** Takes the end of the answer, so that the connection can be used again. */
    private void drain() {
        try {
            if (stream != null && stream.read() < 0) {
                stream = null;
            }
        } catch (IOException e) {
            // the blob is complete and verified; only the connection is lost
        }
        close();
    }

    static MessageDigest copy(MessageDigest hash) {
        try {
            return (MessageDigest) hash.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's hash functions are cloneable", e);
        }
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }
}
