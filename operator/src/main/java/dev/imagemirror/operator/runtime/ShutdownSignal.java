package dev.imagemirror.operator.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A service's stop: asked for by one thread, carried out by another, and not waited for without end. Thread-safe.
 */
public final class ShutdownSignal {
    private final Duration limit;
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread starter;
    private boolean isStarting = true;

    /**
     * Nobody has asked yet.
     *
     * @param starter is interrupted by a request that comes while it starts the service, since a start may wait for long
     * @param limit how long a request waits for the end
     */
    public ShutdownSignal(Thread starter, Duration limit) {
        this.starter = starter;
        this.limit = limit;
    }

    /** Asks, and waits for nothing. */
    public void ask() {
        requested.countDown();
        interruptStart();
    }

    /** Asks, and waits until the service has ended or the limit has passed; then the process may be ended. */
    public void request() {
        ask();
        try {
            if (!ended.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return; // what does not end by itself ends with the process
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void interruptStart() {
        if (isStarting) {
            starter.interrupt();
        }
    }

    /** From now on a request interrupts the starter. */
    synchronized void starting() {
        isStarting = true;
    }

    /** From now on a request interrupts nobody. */
    synchronized void started() {
        isStarting = false;
    }

    /** True once somebody has asked. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits until somebody asks, but not longer; whether somebody has asked. */
    boolean await(Duration longest) throws InterruptedException {
        return requested.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Lets who asked go on. */
    public void ended() {
        ended.countDown();
    }
}
