package dev.imagemirror.registry.endpoint;

import dev.imagemirror.thread.DaemonThreads;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Cancels requests whose body the peer has stopped reading. Socket time-outs cover reads only: a write to a peer that
 * no longer reads would block forever. Thread-safe.
 */
public final class StallWatch implements AutoCloseable {
    private final Set<Write> writes = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private final ScheduledFuture<?> checks;
    private final long limitNanos;
    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic clock */
    public StallWatch(Duration limit, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        limitNanos = limit.toNanos();
        timer = Executors.newSingleThreadScheduledExecutor(new DaemonThreads("stall-watch"));
        long period = Math.max(1, limit.toMillis() / 10);
        checks = timer.scheduleWithFixedDelay(this::check, period, period, TimeUnit.MILLISECONDS);
    }

    /** Starts watching one request body; {@code cancel} must be safe to call from another thread. */
    Write watch(Runnable cancel) {
        Write write = new Write(cancel);
        writes.add(write);
        return write;
    }

    private void check() {
        long now = nanoTime.getAsLong();
        for (Write write : writes) {
            long since = write.since;
            if (since != 0 && now - since > limitNanos) {
                write.cancel.run();
            }
        }
    }

    @Override
    public void close() {
        checks.cancel(false);
        timer.shutdownNow();
    }

    /** One request body. */
    final class Write implements AutoCloseable {
        private final Runnable cancel;
        private volatile long since;

        private Write(Runnable cancel) {
            this.cancel = cancel;
        }

        /** The thread is about to enter a write that may block. */
        void begin() {
            since = nanoTime.getAsLong() | 1;
        }

        /** The write returned. */
        void end() {
            since = 0;
        }

        @Override
        public void close() {
            writes.remove(this);
        }
    }
}
