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
 * Keys to be worked, with the semantics of client-go's {@code workqueue}: a key waits once however often it is added, it
 * is worked by one thread at a time, additions while it is worked make one more run after it, and of several delays the
 * earliest wins. A run fulfils every earlier wish for one, so adding a key at once drops its planned run. Thread-safe.
 *
 * @param <K> what keys are; with {@code equals} and {@code hashCode}
 */
public final class WorkQueue<K> {
    /** Longer delays are as good as this one, and its nanoseconds fit. */
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

    /** Has the key worked as soon as possible. */
    public void add(K key) {
        run(() -> addIfOpen(key));
    }

    /** Has the key worked after the delay, or earlier if it is asked for earlier. */
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
     * Waits for a key to work on; {@link #done} has to follow.
     *
     * @return empty once the queue is shut down, even if keys are waiting, or drained
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
     * Works off what is queued, by several threads, and shuts the queue down: once no key waits, is worked or planned, or
     * after {@code limit}, when what is under way is interrupted. A key that is planned for later waits without a worker, so
     * that it holds up no other.
     *
     * @param work may add and plan keys, its own included; what it throws is logged
     * @return the keys that are not done; none unless the time was over
     */
    public Set<K> drain(int workers, Duration limit, Consumer<K> work) throws InterruptedException {
        run(() -> draining = true);
        return new Drain<>(this, work).run(workers, limit);
    }

    /** A key to work on as by {@link #take}, if one is due now. */
    public Optional<K> poll() {
        return get(() -> shutDown ? Optional.empty() : begin());
    }

    /** Ends the work on a key that was taken. */
    public void done(K key) {
        run(() -> {
            if (states.end(key)) {
                addIfOpen(key);
            }
        });
    }

    /** Hands out no more keys and takes no more; what waits is dropped. */
    public void shutDown() {
        run(() -> {
            shutDown = true;
            changed.signalAll();
        });
    }

    /** Looks at the ticker again; for tickers that jump. */
    public void wake() {
        run(changed::signalAll);
    }

    /** Shuts down; gives the keys that waited, were worked or planned at that instant. */
    Set<K> end() {
        return get(() -> {
            shutDown();
            return states.keys();
        });
    }

    /** How many keys wait for a worker. */
    public int depth() {
        return getWithDue(states::readyCount);
    }

    /** How many keys are planned for later. */
    public int plannedCount() {
        return getWithDue(states::plannedCount);
    }

    /** How long the key that waits longest has waited for a worker; zero if none waits. */
    public Duration oldestWaiting() {
        return getWithDue(() -> states.oldestReady(now()));
    }

    /** How long a key that is worked now had waited for a worker. */
    Duration waited(K key) {
        return get(() -> states.waited(key));
    }

    /** The ticker's present instant. */
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
