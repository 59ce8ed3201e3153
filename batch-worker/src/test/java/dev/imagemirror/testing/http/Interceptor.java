package dev.imagemirror.testing.http;

import java.io.IOException;
import java.util.Optional;

/** Stands between the connection and the handler of a request; every step does nothing unless overridden. */
public interface Interceptor {
    /** Runs before the handler, which is left out if this answers. */
    default Optional<Response> before(Request request) throws IOException {
        return Optional.empty();
    }

    /** Sees the answer before it is sent and returns the one to send. */
    default Response after(Request request, Response response) throws IOException {
        return response;
    }
}
