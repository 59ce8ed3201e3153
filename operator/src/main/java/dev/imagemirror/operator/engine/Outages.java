package dev.imagemirror.operator.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The outages of all services that passes call, by service name. Thread-safe. */
public final class Outages {
    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private final Map<String, OutageLog> logs = new ConcurrentHashMap<>();

    /** @param lines receives the log lines of all */
    public Outages(Consumer<String> lines, LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
    }

    /**
     * Records that a caller was affected by an outage.
     *
     * @param outOfReach see {@link ExpectedFailure#outOfReach}
     * @param words what happened, and what to do
     */
    public void failed(Object who, String outOfReach, String words) {
        logs.computeIfAbsent(outOfReach, what -> new OutageLog(what, lines, nanoTime))
                .failed(who, words);
    }

    /** Records the success of a caller that may have been affected. */
    public void worked(Object who) {
        logs.values().forEach(log -> log.worked(who));
    }
}
