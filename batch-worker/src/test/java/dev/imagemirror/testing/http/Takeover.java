package dev.imagemirror.testing.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Takes the raw connection over after the answer's head, as a CONNECT tunnel does; the connection ends afterwards. */
@FunctionalInterface
public interface Takeover {
    /** Serves the connection until it is done. */
    void serve(InputStream in, OutputStream out) throws IOException;
}
