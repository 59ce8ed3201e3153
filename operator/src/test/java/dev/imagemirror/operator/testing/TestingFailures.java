package dev.imagemirror.operator.testing;

import dev.imagemirror.operator.port.PortException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Makes chosen calls of a stand-in fail, and counts them. Thread-safe. */
public final class TestingFailures {
    /** On which side of its effect a call fails. */
    public enum When {
        /** Nothing is done. */
        BEFORE,
        /** All is done, but the caller does not learn of it. */
        AFTER
    }

    private final String what;
    private final Map<Integer, When> failingWrites = new HashMap<>();
    private final Map<Integer, When> failingReads = new HashMap<>();
    private int writes;
    private int reads;

    TestingFailures(String what) {
        this.what = what;
    }

    /** The next write fails. */
    public void failNextWrite(When when) {
        failWrite(1, when);
    }

    /** The {@code n}-th write from now on fails; 1 is the next. */
    public synchronized void failWrite(int n, When when) {
        failingWrites.put(writes + n, when);
    }

    /** The {@code n}-th read from now on fails; 1 is the next. */
    public synchronized void failRead(int n) {
        failingReads.put(reads + n, When.BEFORE);
    }

    /** How many writes were tried, with those that failed or were refused by their condition. */
    public synchronized int triedWrites() {
        return writes;
    }

    /** How many reads were tried. */
    public synchronized int triedReads() {
        return reads;
    }

    synchronized void read() {
        if (failingReads.remove(++reads) != null) {
            throw failure();
        }
    }

    synchronized <T> T write(Supplier<T> effect) {
        When when = failingWrites.remove(++writes);
        if (when == When.BEFORE) {
            throw failure();
        }
        T result = effect.get();
        if (when == When.AFTER) {
            throw failure();
        }
        return result;
    }

    private PortException failure() {
        return new PortException(what + " does not answer", new IOException("injected fault"));
    }
}
