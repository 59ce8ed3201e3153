package dev.imagemirror.registry.endpoint;

import dev.imagemirror.registry.model.BlobBody;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A blob as a request body of known length, cancelled when the peer stops reading it. */
final class BlobEntity extends AbstractHttpEntity {
    private final long size;
    private final BlobBody body;
    private final StallWatch stalls;
    private final Runnable cancel;

    BlobEntity(long size, BlobBody body, StallWatch stalls, Runnable cancel) {
        super(ContentType.APPLICATION_OCTET_STREAM, null);
        this.size = size;
        this.body = body;
        this.stalls = stalls;
        this.cancel = cancel;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (StallWatch.Write write = stalls.watch(cancel)) {
            body.writeTo(new WatchedOutput(out, write));
        }
    }

    @Override
    public long getContentLength() {
        return size;
    }

    @Override
    public InputStream getContent() {
        throw new IllegalStateException("a blob's body can only be written");
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public void close() {
        // the source of the bytes is closed by its opener
    }

    private static final class WatchedOutput extends FilterOutputStream {
        private final StallWatch.Write write;

        WatchedOutput(OutputStream out, StallWatch.Write write) {
            super(out);
            this.write = write;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            write.begin();
            try {
                out.write(bytes, offset, length);
            } finally {
                write.end();
            }
        }
    }
}
