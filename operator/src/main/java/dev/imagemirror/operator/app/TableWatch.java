package dev.imagemirror.operator.app;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.reconcile.Ports;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Knows whether the tables can be reached. Thread-safe. */
final class TableWatch {
    /** No source is written so, and neither table has an item of it: the cheapest question. */
    private static final EntryKey NOTHING = new EntryKey("#reachable");

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Ports ports;
    private final LongSupplier nanoTime;
    private volatile Long reachedAt;
    private volatile String failure = "the tables were not read yet";

    TableWatch(Ports ports, LongSupplier nanoTime) {
        this.ports = ports;
        this.nanoTime = nanoTime;
    }

    /** Asks both tables for something. */
    void probe() {
        try {
            ports.mirrors().load(NOTHING);
            ports.statuses().load(NOTHING);
            reachedAt = nanoTime.getAsLong();
        } catch (RuntimeException e) {
            failure = e.getMessage();
        }
    }

    /** Why the tables count as out of reach, or null. */
    String fault() {
        Long reached = reachedAt;
        boolean isReached = reached != null && nanoTime.getAsLong() - reached < PATIENCE.toNanos();
        return isReached ? null : String.valueOf(failure);
    }
}
