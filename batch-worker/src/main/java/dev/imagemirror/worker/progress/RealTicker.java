package dev.imagemirror.worker.progress;

import dev.imagemirror.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ticks on its own thread, started on first use. */
final class RealTicker implements Ticker {
    private final Duration period;
    private @Nullable ScheduledExecutorService timer;
    private @Nullable ScheduledFuture<?> ticks;

    RealTicker(Duration period) {
        this.period = period;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public synchronized void start(Runnable tick) {
        timer = Executors.newSingleThreadScheduledExecutor(new DaemonThreads("progress"));
        ticks = timer.scheduleAtFixedRate(tick, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public synchronized void close() {
        if (timer != null && ticks != null) {
            ticks.cancel(false);
            timer.shutdownNow();
        }
    }
}
