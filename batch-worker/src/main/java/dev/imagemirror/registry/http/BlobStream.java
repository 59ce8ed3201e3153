package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.RegistryException;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** A blob's bytes as they arrive. Closing it early drops the connection instead of reading the rest. */
public final class BlobStream extends FilterInputStream {
    private final ClassicHttpResponse response;

    public BlobStream(ClassicHttpResponse response, InputStream content) {
        super(content);
        this.response = response;
    }

    /**
     * Why a retry would return wrong bytes too: the registry compresses them. Empty if it does not.
     *
     * @param blob a name for messages
     */
    public Optional<RegistryException> encodingFault(String blob) {
        return ContentCoding.unexpected(response).map(coding -> ContentCoding.error(blob, coding));
    }

    /**
     * True if this is the whole blob from a registry that marks its end, so that missing bytes are not due to a broken
     * connection (RFC 9112, section 7.1).
     */
    public boolean marksItsEnd() {
        return response.getCode() == 200 && response.getEntity().isChunked();
    }

    @Override
    public void close() {
        ResponseEnd.drop(response);
    }
}
