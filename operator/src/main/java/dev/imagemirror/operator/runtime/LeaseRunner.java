package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.port.Lease;
import java.time.Duration;
import java.util.function.Supplier;

/** Runs work while this process holds the lease, and stands by while another does. */
public final class LeaseRunner {
    /** The work of one term; started once. */
    public interface Work extends AutoCloseable {
        void start();

        @Override
        void close();
    }

    /** Notified of lease changes, on the thread that runs the terms. */
    public interface Listener {
        /** The work has started. */
        void works();

        /** Another process holds the lease. */
        void standsBy();

        /** This process lost the lease; its work ends. */
        void lost();
    }

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Lease lease;
    private final Supplier<? extends Work> works;
    private final ShutdownSignal stop;
    private final Listener listener;

    /**
     * @param works creates new work for each term
     * @param stop ends everything
     */
    public LeaseRunner(Lease lease, Supplier<? extends Work> works, ShutdownSignal stop, Listener listener) {
        this.lease = lease;
        this.works = works;
        this.stop = stop;
        this.listener = listener;
    }

    /**
     * Returns once stopped.
     *
     * @throws InterruptedException if stopped while starting work or waiting for the lease
     */
    public void run() throws InterruptedException {
        boolean standsBy = false;
        do {
            if (lease.tryAcquire()) {
                standsBy = false;
                work();
            } else if (!standsBy) {
                standsBy = true;
                listener.standsBy();
            }
        } while (!stop.await(LOOK));
    }

    private void work() throws InterruptedException {
        try (Work work = works.get()) {
            work.start();
            stop.started();
            listener.works();
            if (!isStoppedBeforeLost()) {
                listener.lost();
            }
        }
        stop.starting();
    }

    private boolean isStoppedBeforeLost() throws InterruptedException {
        boolean isStopped = stop.await(LOOK);
        while (!isStopped && lease.isHeld()) {
            isStopped = stop.await(LOOK);
        }
        return isStopped;
    }
}
