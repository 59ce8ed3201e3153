package dev.imagemirror.worker.progress;

import java.time.Duration;

/** Ticks when the test says so. */
final class TestingTicker implements Ticker {
    private long now = 17;
    private Runnable tick;
    private int starts;
    private boolean closed;

    /** Lets time pass, then ticks if that was asked for. */
    void pass(Duration time) {
        now += time.toNanos();
        if (tick != null && !closed) {
            tick.run();
        }
    }

    int starts() {
        return starts;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void start(Runnable task) {
        tick = task;
        starts++;
    }

    @Override
    public void close() {
        closed = true;
    }
}
