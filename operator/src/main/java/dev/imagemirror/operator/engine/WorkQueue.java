package dev.imagemirror.operator.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A queue of keys with the semantics of client-go's {@code workqueue}: a key is queued once however often it is added,
 * it is processed by one thread at a time, additions while it is processed cause one more run, and the earliest of
 * several delays wins. A run satisfies every earlier request for one, so adding a key without delay drops its planned
 * run. Thread-safe.
 *
 * @param <K> the key type; must implement {@code equals} and {@code hashCode}
 */
public final class WorkQueue<K> {
    /** Longer delays are capped to this, so that nanoseconds do not overflow. */
    private static final Duration MAX_DELAY = Duration.ofDays(365);

    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final WorkStates<K> states = new WorkStates<>();
    private boolean draining;
    private boolean shutDown;

    /** @param ticker nanoseconds of a monotonic clock, such as {@code System::nanoTime} */
    public WorkQueue(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Enqueues the key now. */
    public void add(K key) {
        run(() -> addIfOpen(key));
    }

    /** Enqueues the key after the delay; the earliest request wins. */
    public void addAfter(K key, Duration delay) {
        if (delay.isNegative() || delay.isZero()) {
            add(key);
            return;
        }
        long nanos = (delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay).toNanos();
        run(() -> {
            if (!shutDown) {
                states.plan(key, now() + nanos);
                changed.signal();
            }
        });
    }

    /**
     * Waits for a key to process; the caller must call {@link #done}.
     *
     * @return empty once the queue is shut down, even with keys waiting, or drained
     */
    public Optional<K> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!shutDown) {
                Optional<K> key = begin();
                if (key.isPresent()) {
                    return key;
                }
                if (draining && states.isEmpty()) {
                    shutDown();
                } else {
                    changed.await(states.nanosToFirstPlan(now(), MAX_DELAY.toNanos()), TimeUnit.NANOSECONDS);
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Processes the queue with several threads until no key is waiting, in progress or planned, or until {@code limit},
     * when running work is interrupted; then shuts it down. A key planned for later occupies no worker.
     *
     * @param work may add and plan keys, including its own; exceptions are logged
     * @return the keys that are not done; empty unless the time ran out
     */
    public Set<K> drain(int workers, Duration limit, Consumer<K> work) throws InterruptedException {
        run(() -> draining = true);
        return new Drain<>(this, work).run(workers, limit);
    }

    /** Like {@link #take}, but returns a key only if one is due now. */
    public Optional<K> poll() {
        return get(() -> shutDown ? Optional.empty() : begin());
    }

    /** Marks a taken key as processed. */
    public void done(K key) {
        run(() -> {
            if (states.end(key)) {
                addIfOpen(key);
            }
        });
    }

    /** Stops handing out and accepting keys; waiting keys are dropped. */
    public void shutDown() {
        run(() -> {
            shutDown = true;
            changed.signalAll();
        });
    }

    /** Reads the ticker again; for tickers that jump. */
    public void wake() {
        run(changed::signalAll);
    }

    /** Shuts down; returns the keys that were waiting, in progress or planned at that instant. */
    Set<K> end() {
        return get(() -> {
            shutDown();
            return states.keys();
        });
    }

    /** The number of keys waiting for a worker. */
    public int depth() {
        return getWithDue(states::readyCount);
    }

    /** The number of keys planned for later. */
    public int plannedCount() {
        return getWithDue(states::plannedCount);
    }

    /** How long the oldest waiting key has waited for a worker; zero if none is waiting. */
    public Duration oldestWaiting() {
        return getWithDue(() -> states.oldestReady(now()));
    }

    /** How long a key in progress had waited for a worker. */
    Duration waited(K key) {
        return get(() -> states.waited(key));
    }

    /** The ticker's current value. */
    long now() {
        return ticker.getAsLong();
    }

    private void addIfOpen(K key) {
        if (!shutDown && states.add(key, now())) {
            changed.signal();
        }
    }

    private Optional<K> begin() {
        addDue();
        return states.begin(now());
    }

    private void addDue() {
        if (states.addDue(now())) {
            changed.signalAll();
        }
    }

    private <T> T getWithDue(Supplier<T> question) {
        return get(() -> {
            addDue();
            return question.get();
        });
    }

    private <T> T get(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    private void run(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
