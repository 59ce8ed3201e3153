package dev.imagemirror.operator.engine;

import dev.imagemirror.text.Span;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Logs the outage of an external service: when it begins, once a minute while it lasts, and when it ends, no matter how
 * many callers it affects. Thread-safe.
 */
public final class OutageLog {
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    /** A success after this long without a failure ends the outage for everyone; some may still be waiting to retry. */
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
     * Creates a log with no outage yet.
     *
     * @param what the service, such as {@code table mirrors}
     * @param lines receives the log lines
     */
    public OutageLog(String what, Consumer<String> lines, LongSupplier nanoTime) {
        this.what = what;
        this.lines = lines;
        this.nanoTime = nanoTime;
    }

    /**
     * Records a failed call.
     *
     * @param who identifies the affected caller, such as the key of a pass
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

    /** Records a successful call; ignored if the caller was not affected. */
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
