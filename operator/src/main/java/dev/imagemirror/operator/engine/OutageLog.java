package dev.imagemirror.operator.engine;

import dev.imagemirror.text.Span;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says that something outside the process is out of reach: once when that begins, once a minute while it lasts, and once when it
 * ends, however many hit on it. Thread-safe.
 */
public final class OutageLog {
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    /** A success after so long a time without a failure ends the outage for all; others may wait for their next try. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final String what;
    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private final Set<Object> hit = new HashSet<>();
    private long begunAt;
    private long saidAt;
    private long failedAt;
    private int failures;

    /**
     * No outage yet.
     *
     * @param what may be out of reach, such as {@code table mirrors}
     * @param lines takes the lines
     */
    public OutageLog(String what, Consumer<String> lines, LongSupplier nanoTime) {
        this.what = what;
        this.lines = lines;
        this.nanoTime = nanoTime;
    }

    /**
     * Somebody did not get what was asked for.
     *
     * @param who tells those apart that are hit, such as the key of a pass
     * @param words what happened, and what to do
     */
    public synchronized void failed(Object who, String words) {
        long now = nanoTime.getAsLong();
        boolean begins = failures == 0;
        hit.add(who);
        failures++;
        failedAt = now;
        if (begins) {
            begunAt = now;
            saidAt = now;
            lines.accept(what + " is unavailable; retrying: " + words);
        } else if (now - saidAt >= BETWEEN.toNanos()) {
            saidAt = now;
            lines.accept(what + " has been unavailable for " + Span.of(Duration.ofNanos(now - begunAt)) + ", "
                    + counts() + ": " + words);
        }
    }

    /** Somebody got what was asked for; says nothing of whoever was not hit. */
    public synchronized void worked(Object who) {
        long now = nanoTime.getAsLong();
        if (hit.remove(who) && (hit.isEmpty() || now - failedAt >= QUIET.toNanos())) {
            lines.accept(
                    what + " is available again after " + Span.of(Duration.ofNanos(now - begunAt)) + "; " + failed());
            hit.clear();
            failures = 0;
        }
    }

    private String counts() {
        return failed() + ", " + hit.size() + " waiting";
    }

    private String failed() {
        return failures + (failures == 1 ? " attempt" : " attempts") + " failed";
    }
}
