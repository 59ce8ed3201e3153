package dev.imagemirror.operator.app;

import dev.imagemirror.operator.reconcile.Lease;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Works while this process has the lease, stands by while another has it. */
final class Turns {
    /** What is done while it is this process's turn; started once. */
    interface Work extends AutoCloseable {
        void start();

        @Override
        void close();
    }

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Lease lease;
    private final Supplier<? extends Work> works;
    private final CountDownLatch stopped;
    private final Consumer<String> say;

    /**
     * @param works new work for each turn
     * @param stopped ends everything
     */
    Turns(Lease lease, Supplier<? extends Work> works, CountDownLatch stopped, Consumer<String> say) {
        this.lease = lease;
        this.works = works;
        this.stopped = stopped;
        this.say = say;
    }

    /** Returns once stopped. */
    void run() throws InterruptedException {
        boolean standsBy = false;
        do {
            if (lease.tryAcquire()) {
                standsBy = false;
                work();
            } else if (!standsBy) {
                standsBy = true;
                say.accept("standing by: another process has the lease; Ctrl-C stops it");
            }
        } while (!isStopped());
    }

    private void work() throws InterruptedException {
        try (Work work = works.get()) {
            work.start();
            say.accept("running; Ctrl-C stops it");
            boolean ended = isStopped();
            while (!ended && lease.isHeld()) {
                ended = isStopped();
            }
            if (!ended) {
                say.accept("the lease is lost; this process stands by");
            }
        }
    }

    private boolean isStopped() throws InterruptedException {
        return stopped.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
}
