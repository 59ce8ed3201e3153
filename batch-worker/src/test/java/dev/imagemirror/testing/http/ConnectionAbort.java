package dev.imagemirror.testing.http;

import java.io.IOException;

/** Thrown inside a handler or a fault to end the connection where it stands, without any further byte. */
public final class ConnectionAbort extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean reset;

    private ConnectionAbort(boolean reset) {
        super(reset ? "connection reset on purpose" : "connection closed on purpose");
        this.reset = reset;
    }

    /** Ends the connection with a TCP reset: the peer sees "connection reset". */
    public static ConnectionAbort reset() {
        return new ConnectionAbort(true);
    }

    /** Ends the connection in the ordinary way: the peer sees an early end of the stream. */
    public static ConnectionAbort close() {
        return new ConnectionAbort(false);
    }

    boolean isReset() {
        return reset;
    }
}
