package dev.imagemirror.operator.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

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

    /** Waiting keys, the oldest first, with the instants since when they wait. */
    private final Map<K, Long> ready = new LinkedHashMap<>();

    /** Keys that are worked, with the nanoseconds that they had waited for it. */
    private final Map<K, Long> processing = new HashMap<>();
    /** Those of {@link #processing} that are to be worked once more. */
    private final Set<K> again = new HashSet<>();

    private final PlannedKeys<K> planned = new PlannedKeys<>();
    private boolean draining;
    private boolean shutDown;

    /** @param ticker nanoseconds of a monotonic clock, such as {@code System::nanoTime} */
    public WorkQueue(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Has the key worked as soon as possible. */
    public void add(K key) {
        lock.lock();
        try {
            if (!shutDown) {
                enqueue(key);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has the key worked after the delay, or earlier if it is asked for earlier. */
    public void addAfter(K key, Duration delay) {
        if (delay.isNegative() || delay.isZero()) {
            add(key);
            return;
        }
        long nanos = (delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay).toNanos();
        lock.lock();
        try {
            if (!shutDown && !ready.containsKey(key)) {
                planned.plan(key, ticker.getAsLong() + nanos);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a key to work on; {@link #done} has to follow.
     *
     * @return null once the queue is shut down, even if keys are waiting, or drained
     */
    public K take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!shutDown) {
                K key = pollReady();
                if (key != null) {
                    return key;
                }
                if (draining && isEmpty()) {
                    shutDown();
                    return null;
                }
                changed.await(nanosToNextPlan(), TimeUnit.NANOSECONDS);
            }
            return null;
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
        lock.lock();
        try {
            draining = true;
        } finally {
            lock.unlock();
        }
        return new Drain<>(this, work).run(workers, limit);
    }

    /** A key to work on as by {@link #take}, or null if none is due now. */
    public K poll() {
        lock.lock();
        try {
            return shutDown ? null : pollReady();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the work on a key that was taken. */
    public void done(K key) {
        lock.lock();
        try {
            if (processing.remove(key) != null && again.remove(key) && !shutDown) {
                enqueue(key);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Hands out no more keys and takes no more; what waits is dropped. */
    public void shutDown() {
        lock.lock();
        try {
            shutDown = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the ticker again; for tickers that jump. */
    public void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Shuts down; gives the keys that waited, were worked or planned at that instant. */
    Set<K> end() {
        lock.lock();
        try {
            shutDown();
            Set<K> keys = new HashSet<>(ready.keySet());
            keys.addAll(processing.keySet());
            keys.addAll(planned.keys());
            return keys;
        } finally {
            lock.unlock();
        }
    }

    /** How many keys wait for a worker. */
    public int depth() {
        lock.lock();
        try {
            enqueueDue();
            return ready.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many keys are planned for later. */
    public int plannedCount() {
        lock.lock();
        try {
            enqueueDue();
            return planned.size();
        } finally {
            lock.unlock();
        }
    }

    /** How long the key that waits longest has waited for a worker; zero if none waits. */
    public Duration oldestWaiting() {
        lock.lock();
        try {
            enqueueDue();
            Iterator<Long> since = ready.values().iterator();
            return since.hasNext() ? Duration.ofNanos(ticker.getAsLong() - since.next()) : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    /** How long a key that is worked now had waited for a worker. */
    Duration waited(K key) {
        lock.lock();
        try {
            return Duration.ofNanos(processing.getOrDefault(key, 0L));
        } finally {
            lock.unlock();
        }
    }

    /** The ticker's present instant. */
    long now() {
        return ticker.getAsLong();
    }

    private boolean isEmpty() {
        return ready.isEmpty() && processing.isEmpty() && planned.isEmpty();
    }

    private void enqueue(K key) {
        planned.remove(key);
        if (processing.containsKey(key)) {
            again.add(key);
        } else if (ready.putIfAbsent(key, ticker.getAsLong()) == null) {
            changed.signal();
        }
    }

    private void enqueueDue() {
        long now = ticker.getAsLong();
        for (K key = planned.pollDue(now); key != null; key = planned.pollDue(now)) {
            enqueue(key);
        }
    }

    private K pollReady() {
        enqueueDue();
        Iterator<Map.Entry<K, Long>> oldest = ready.entrySet().iterator();
        if (!oldest.hasNext()) {
            return null;
        }
        Map.Entry<K, Long> next = oldest.next();
        K key = next.getKey();
        long since = next.getValue();
        oldest.remove();
        processing.put(key, ticker.getAsLong() - since);
        return key;
    }

    private long nanosToNextPlan() {
        return planned.isEmpty() ? MAX_DELAY.toNanos() : planned.nanosToFirst(ticker.getAsLong());
    }
}
