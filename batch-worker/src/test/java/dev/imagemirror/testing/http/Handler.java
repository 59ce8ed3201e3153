package dev.imagemirror.testing.http;

import java.io.IOException;

/** Answers requests; called from many threads at once. */
@FunctionalInterface
public interface Handler {
    /** The answer. An exception ends the connection; {@link ConnectionAbort} says how. */
    Response handle(Request request) throws IOException;
}
