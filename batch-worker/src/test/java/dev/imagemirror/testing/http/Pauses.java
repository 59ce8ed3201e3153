package dev.imagemirror.testing.http;

import java.io.IOException;
import java.time.Duration;

/** A way to wait that ends early, with an exception, when the server closes. */
@FunctionalInterface
public interface Pauses {
    /** Waits for {@code time}. */
    void pause(Duration time) throws IOException;
}
