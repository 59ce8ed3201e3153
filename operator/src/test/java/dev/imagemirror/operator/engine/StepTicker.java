package dev.imagemirror.operator.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A monotonic clock that moves only when a test steps it. Its nanoseconds overflow after 90 s. Thread-safe. */
public final class StepTicker implements LongSupplier {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 90_000_000_000L);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    /** Moves on, then tells who wants to know. */
    public void step(Duration time) {
        nanos.addAndGet(time.toNanos());
        listeners.forEach(Runnable::run);
    }

    /** Calls {@code listener} after each step, such as {@code queue::wake}. */
    public void onStep(Runnable listener) {
        listeners.add(listener);
    }
}
