package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.text.Span;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tracks whether the tables are reachable, by the last probe's result, or by a probe that gets no response. The client
 * retries a request before it fails. Thread-safe.
 */
public final class TableWatch {
    /** No valid source, so neither table has an item for it: the cheapest query. */
    private static final EntryKey NOTHING = new EntryKey("#reachable");

    /** Much longer than both responses take, and short enough for 10 s including the delay between probes. */
    public static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Ports ports;
    private final LongSupplier nanoTime;
    private volatile @Nullable Long askedAt;
    private volatile @Nullable String failure = "tables not read yet";

    TableWatch(Ports ports, LongSupplier nanoTime) {
        this.ports = ports;
        this.nanoTime = nanoTime;
    }

    /** Queries both tables. */
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

    /** Why the tables count as unreachable; empty if they are reachable. */
    @Nullable
    String fault() {
        String last = failure;
        Long asked = askedAt;
        boolean isSilent = asked != null && nanoTime.getAsLong() - asked >= PATIENCE.toNanos();
        return last == null && isSilent ? "the tables have not responded for " + Span.of(PATIENCE) : last;
    }
}
