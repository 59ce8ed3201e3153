package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.registry.model.BlobBody;
import dev.imagemirror.registry.model.RegistryException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One destination's share in a {@link BlobBroadcast}. Its position and lag belong to the broadcast's lock; everything
 * else to the thread that uploads.
 */
final class BlobSubscription implements BlobBody, AutoCloseable {
    private final Object destination;
    private final BlobBroadcast broadcast;
    private final SourceRepository source;
    private final LongConsumer sent;
    private long position;
    private long heldUpNanos;
    private @Nullable Chunk parting;

    /** @param sent is told how many bytes the destination took */
    BlobSubscription(Object destination, BlobBroadcast broadcast, SourceRepository source, LongConsumer sent) {
        this.destination = destination;
        this.broadcast = broadcast;
        this.source = source;
        this.sent = sent;
    }

    Object destination() {
        return destination;
    }

    long position() {
        return position;
    }

    void advance() {
        position++;
    }

    long heldUpNanos() {
        return heldUpNanos;
    }

    void heldUp(long nanos) {
        heldUpNanos += nanos;
    }

    /** The broadcast goes on without this subscriber, whose last shared chunk is {@code chunk}. */
    void continueAlone(Chunk chunk) {
        parting = chunk;
    }

    boolean isAlone() {
        return parting != null;
    }

    /** The last shared chunk of a subscriber that goes on alone. */
    @Nullable
    Chunk parting() {
        return parting;
    }

    /** Waits until the shared read has begun, so that no request is opened long before its data come. */
    void awaitStart() throws RegistryException {
        broadcast.awaitStart();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        Chunk chunk = broadcast.next(this);
        while (chunk != null) {
            write(out, chunk.bytes(), chunk.length());
            if (broadcast.done(this)) {
                readOnAlone(out, Objects.requireNonNull(parting, "the broadcast left a chunk"));
                return;
            }
            chunk = broadcast.next(this);
        }
    }

    private void readOnAlone(OutputStream out, Chunk last) throws IOException {
        Descriptor blob = broadcast.blob();
        byte[] buffer = new byte[last.bytes().length];
        try (BlobDownload download = new BlobDownload(source, blob, last.end(), last.hashAtEnd())) {
            while (!download.isComplete()) {
                write(out, buffer, download.fill(buffer));
            }
        }
    }

    private void write(OutputStream out, byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        sent.accept(length);
    }

    @Override
    public void close() {
        broadcast.leave(this);
    }
}
