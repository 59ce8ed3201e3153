package dev.imagemirror.operator.wiring;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened, to be closed in the reverse order. */
final class OpenParts implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final PrintStream err;

    /** @param err where it is said what could not be closed */
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
