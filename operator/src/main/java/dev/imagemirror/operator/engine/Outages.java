package dev.imagemirror.operator.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The outages of all that passes ask, each told apart by its name. Thread-safe. */
public final class Outages {
    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private final Map<String, OutageLog> logs = new ConcurrentHashMap<>();

    /** @param lines takes the lines of all */
    public Outages(Consumer<String> lines, LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
    }

    /**
     * Somebody was hit by an outage.
     *
     * @param outOfReach see {@link ExpectedFailure#outOfReach}
     * @param words what happened, and what to do
     */
    public void failed(Object who, String outOfReach, String words) {
        logs.computeIfAbsent(outOfReach, what -> new OutageLog(what, lines, nanoTime))
                .failed(who, words);
    }

    /** Somebody who was hit has succeeded. */
    public void worked(Object who) {
        logs.values().forEach(log -> log.worked(who));
    }
}
