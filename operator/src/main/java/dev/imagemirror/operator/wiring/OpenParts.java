package dev.imagemirror.operator.wiring;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** Opened resources, closed in reverse order. */
final class OpenParts implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final PrintStream err;

    /** @param err where failures to close are printed */
    OpenParts(PrintStream err) {
        this.err = err;
    }

    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                err.println("mirror-operator: error while closing: " + e);
            }
        }
    }
}
