package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.RegistryException;
import java.io.FilterInputStream;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** A blob's bytes as they arrive. Closing it before its end drops the connection rather than reading the rest. */
public final class BlobStream extends FilterInputStream {
    private final ClassicHttpResponse response;

    public BlobStream(ClassicHttpResponse response, InputStream content) {
        super(content);
        this.response = response;
    }

    /**
     * Why the bytes, if they are not the blob's, would be the same another time: the registry compresses them.
     *
     * @param blob a name for messages
     * @return null if they are not encoded
     */
    public RegistryException encodingFault(String blob) {
        String coding = ContentCoding.unexpected(response);
        return coding == null ? null : ContentCoding.error(blob, coding);
    }

    /**
     * True if this is the whole blob from a registry that marks its end, so that bytes that are missing then are not
     * those of a connection that broke off (RFC 9112, section 7.1).
     */
    public boolean marksItsEnd() {
        return response.getCode() == 200 && response.getEntity().isChunked();
    }

    @Override
    public void close() {
        ResponseEnd.drop(response);
    }
}
