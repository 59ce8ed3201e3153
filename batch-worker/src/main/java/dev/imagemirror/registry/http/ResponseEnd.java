package dev.imagemirror.registry.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.io.ModalCloseable;

/**
 * Ends a response. The HTTP client's own {@code close} reads the rest of the body, which may be gigabytes or never
 * come.
 */
public final class ResponseEnd {
    /** Reading a longer rest costs more than a new connection. */
    private static final int MAX_REST = 16 * 1024;

    private ResponseEnd() {}

    /** Reads a short rest of the body, so that the connection can be reused; otherwise drops the connection. */
    public static void finish(ClassicHttpResponse response) {
        HttpEntity entity = response.getEntity();
        try {
            InputStream rest = entity == null ? null : entity.getContent();
            if (rest != null) {
                rest.readNBytes(MAX_REST); // at the end, this releases the connection
            }
        } catch (IOException e) {
            // the response has been read as far as needed
        }
        drop(response);
    }

    /** Drops the connection, unless the body was read to its end. */
    static void drop(ClassicHttpResponse response) {
        if (response instanceof ModalCloseable closeable) {
            closeable.close(CloseMode.IMMEDIATE);
        } else {
            Closer.closeQuietly(response);
        }
    }
}
