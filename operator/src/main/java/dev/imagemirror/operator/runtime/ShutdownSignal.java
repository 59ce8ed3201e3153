package dev.imagemirror.operator.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A service's shutdown: requested by one thread, carried out by another, with a bounded wait. Thread-safe. */
public final class ShutdownSignal {
    private final Duration limit;
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread starter;
    private boolean isStarting = true;

    /**
     * Creates a signal that has not been requested.
     *
     * @param starter interrupted by a request that arrives while it starts the service, since that may take long
     * @param limit how long a request waits for the end
     */
    public ShutdownSignal(Thread starter, Duration limit) {
        this.starter = starter;
        this.limit = limit;
    }

    /** Requests shutdown without waiting. */
    public void ask() {
        requested.countDown();
        interruptStart();
    }

    /** Requests shutdown, and waits until the service has ended or the limit has passed; then the process may exit. */
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

    /** From now on, a request interrupts the starter. */
    synchronized void starting() {
        isStarting = true;
    }

    /** From now on, a request interrupts nothing. */
    synchronized void started() {
        isStarting = false;
    }

    /** True once shutdown has been requested. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits for a request, up to a limit; true if there is one. */
    boolean await(Duration longest) throws InterruptedException {
        return requested.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Releases the requester. */
    public void ended() {
        ended.countDown();
    }
}
