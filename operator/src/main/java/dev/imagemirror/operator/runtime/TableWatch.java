package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.text.Span;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the tables can be reached: what the last question brought counts, and one that stays without an answer. The
 * client has repeated a question before it fails. Thread-safe.
 */
public final class TableWatch {
    /** No source is written so, and neither table has an item of it: the cheapest question. */
    private static final EntryKey NOTHING = new EntryKey("#reachable");

    /** Much longer than both answers take, and short enough for 10 s with the time between two questions. */
    public static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Ports ports;
    private final LongSupplier nanoTime;
    private volatile @Nullable Long askedAt;
    private volatile @Nullable String failure = "tables not read yet";

    TableWatch(Ports ports, LongSupplier nanoTime) {
        this.ports = ports;
        this.nanoTime = nanoTime;
    }

    /** Asks both tables for something. */
    void probe() {
        askedAt = nanoTime.getAsLong();
        try {
            ports.mirrors().load(NOTHING);
            ports.statuses().load(NOTHING);
            failure = null;
        } catch (RuntimeException e) {
            failure = String.valueOf(e.getMessage());
        } finally {
            askedAt = null;
        }
    }

    /** Why the tables count as out of reach, if they do. */
    @Nullable
    String fault() {
        String last = failure;
        Long asked = askedAt;
        boolean isSilent = asked != null && nanoTime.getAsLong() - asked >= PATIENCE.toNanos();
        return last == null && isSilent ? "the tables have not responded for " + Span.of(PATIENCE) : last;
    }
}
