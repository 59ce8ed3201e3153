package dev.imagemirror.operator.local;

import dev.imagemirror.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Schedules in real time, on a single thread. */
public final class ScheduledAlarm implements Alarm, AutoCloseable {
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, new DaemonThreads("copy-job-deadlines"));

    /** Starts with nothing scheduled. */
    public ScheduledAlarm() {
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Runnable set(Duration delay, Runnable action) {
        Future<?> pending = executor.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> pending.cancel(false);
    }

    /** Cancels everything scheduled. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
