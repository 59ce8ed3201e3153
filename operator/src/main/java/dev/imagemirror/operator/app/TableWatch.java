package dev.imagemirror.operator.app;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.reconcile.EntryCatalog;
import dev.imagemirror.operator.reconcile.Ports;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the catalog up to date, and knows whether the tables can be reached. Thread-safe. */
final class TableWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TableWatch.class);
    /** No source is written so, and neither table has an item of it: the cheapest question. */
    private static final EntryKey NOTHING = new EntryKey("#reachable");

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final EntryCatalog catalog;
    private final Ports ports;
    private final LongSupplier nanoTime;
    private volatile Long reachedAt;
    private volatile String failure = "the tables were not read yet";
    private volatile boolean isWarned;

    TableWatch(EntryCatalog catalog, Ports ports, LongSupplier nanoTime) {
        this.catalog = catalog;
        this.ports = ports;
        this.nanoTime = nanoTime;
    }

    /** Reads what has changed; a failure is said once, until it works again. */
    void refresh() {
        try {
            catalog.refresh();
            isWarned = false;
        } catch (RuntimeException e) {
            failure = e.getMessage();
            if (!isWarned) {
                LOG.warn("what the tables hold cannot be shown as it is now: {}", e.getMessage());
                isWarned = true;
            }
        }
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
