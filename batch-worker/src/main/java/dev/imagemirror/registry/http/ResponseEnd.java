package dev.imagemirror.registry.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.io.ModalCloseable;

/**
 * How an answer ends. The HTTP client's own {@code close} reads whatever is left of the body, which may be gigabytes or
 * never come.
 */
public final class ResponseEnd {
    /** A longer rest costs more than a new connection. */
    private static final int MAX_REST = 16 * 1024;

    private ResponseEnd() {}

    /** Takes a short rest of the body, so that the connection can be used again; drops the connection otherwise. */
    public static void finish(ClassicHttpResponse response) {
        HttpEntity entity = response.getEntity();
        try {
            InputStream rest = entity == null ? null : entity.getContent();
            if (rest != null) {
                rest.readNBytes(MAX_REST); // at the end, this gives the connection back
            }
        } catch (IOException e) {
            // the answer has been read as far as it was needed
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
