package dev.imagemirror.testing.fault;

import dev.imagemirror.testing.http.Request;
import java.io.IOException;
import java.time.Duration;

/** Holds a stream to a rate by waiting after each piece. */
record Throttle(Request request, long bytesPerSecond) {
    /** The bytes that pass in a fiftieth of a second: small enough for an even flow. */
    int piece() {
        return (int) Math.max(1, Math.min(64 * 1024, bytesPerSecond / 50));
    }

    void passed(int bytes) throws IOException {
        request.pause(Duration.ofNanos(bytes * 1_000_000_000L / bytesPerSecond));
    }
}
