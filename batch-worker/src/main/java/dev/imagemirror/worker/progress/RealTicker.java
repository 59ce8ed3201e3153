package dev.imagemirror.worker.progress;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Ticks every three seconds on a thread of its own, which begins with the first use. */
final class RealTicker implements Ticker {
    private static final int PERIOD_SECONDS = 3;

    private ScheduledExecutorService timer;
    private ScheduledFuture<?> ticks;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public synchronized void start(Runnable tick) {
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        ticks = timer.scheduleAtFixedRate(tick, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            ticks.cancel(false);
            timer.shutdownNow();
        }
    }
}
