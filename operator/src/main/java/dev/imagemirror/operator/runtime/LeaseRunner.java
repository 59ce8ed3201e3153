package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.port.Lease;
import java.time.Duration;
import java.util.function.Supplier;

/** Works while this process has the lease, stands by while another has it. */
public final class LeaseRunner {
    /** What is done while it is this process's turn; started once. */
    public interface Work extends AutoCloseable {
        void start();

        @Override
        void close();
    }

    /** Hears whose turn it is; called by the thread that runs the turns. */
    public interface Listener {
        /** Work was started. */
        void works();

        /** Another process has the lease. */
        void standsBy();

        /** The lease is no longer this process's; its work ends. */
        void lost();
    }

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Lease lease;
    private final Supplier<? extends Work> works;
    private final ShutdownSignal stop;
    private final Listener listener;

    /**
     * @param works new work for each turn
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
     * @throws InterruptedException if stopped while work is being started, or a turn is waited for
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
