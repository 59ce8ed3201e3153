package dev.imagemirror.operator.engine;

import dev.imagemirror.text.Span;
import dev.imagemirror.thread.Backoff;
import dev.imagemirror.thread.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works a queue with a fixed number of threads until it is stopped: one bad key neither stops the threads nor delays
 * other keys. A pass that throws is logged and retried after a backoff; one that completes resets the key's failures; one
 * that could not complete, although it did not fail, is retried after a delay of {@link Deferrals}. Thread-safe.
 *
 * @param <K> what keys are; their text is in the logging context as {@code source}
 */
public final class ControllerLoop<K> {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerLoop.class);

    private final WorkQueue<K> queue;
    private final LoopListener<K> listener;
    private final Pass<K> pass;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch running;
    private volatile boolean stopping;

    /**
     * A loop that does nothing before {@link #start}.
     *
     * @param queue what to work; shut down by {@link #stop}
     * @param reconciler called by all workers
     * @param workers number of threads
     * @param backoff delays after failures of one key
     * @param deferrals delays after passes that could not complete
     * @param listener told of every pass
     */
    public ControllerLoop(
            WorkQueue<K> queue,
            Reconciler<K> reconciler,
            int workers,
            Backoff backoff,
            Deferrals<K> deferrals,
            LoopListener<K> listener) {
        if (workers < 1) {
            throw new IllegalArgumentException("a loop needs a worker, not " + workers);
        }
        this.queue = queue;
        this.listener = listener;
        this.pass = new Pass<>(queue, reconciler, backoff, deferrals, () -> stopping);
        this.running = new CountDownLatch(workers);
        for (int i = 1; i <= workers; i++) {
            // Daemons: what ignores interrupts shall not keep a stopped process alive.
            threads.add(new DaemonThreads("reconcile-" + i).newThread(this::work));
        }
    }

    /** Starts the workers; once only. */
    public void start() {
        threads.forEach(Thread::start);
    }

    /** How many workers live: all of them between {@link #start} and {@link #stop}. */
    public long aliveWorkers() {
        return threads.stream().filter(Thread::isAlive).count();
    }

    /**
     * Takes no more keys, lets passes that run end in three quarters of the time, interrupts those that have not, and
     * returns when all have ended or the time is over.
     *
     * @return true if all have ended
     */
    public boolean stop(Duration within) throws InterruptedException {
        stopping = true;
        queue.shutDown();
        if (threads.get(0).getState() == Thread.State.NEW) {
            return true;
        }
        long rest = within.toMillis() / 4;
        if (running.await(within.toMillis() - rest, TimeUnit.MILLISECONDS)) {
            return true;
        }
        threads.forEach(Thread::interrupt);
        boolean ended = running.await(rest, TimeUnit.MILLISECONDS);
        if (!ended) {
            LOG.warn("{} reconciles did not stop within {} of being interrupted", running.getCount(), Span.of(within));
        }
        return ended;
    }

    private void work() {
        try {
            while (!stopping) {
                workOne();
            }
        } finally {
            running.countDown();
        }
    }

    private void workOne() {
        try {
            queue.take().ifPresent(this::workOn);
        } catch (InterruptedException e) {
            // Only stop() interrupts for good; a flag that a pass has left behind is spent by this.
            LOG.debug("Interrupted while waiting for a key");
        } catch (Exception | Error e) {
            // Not the pass, which throws nothing: its listener, or logging.
            LOG.error("Worker recovered from: {}", e, e);
        }
    }

    private void workOn(K key) {
        long start = queue.now();
        try {
            listener.passBegins(key, queue.waited(key));
            LoopListener.Outcome outcome = pass.over(key);
            listener.passEnded(key, outcome, Duration.ofNanos(queue.now() - start));
        } finally {
            queue.done(key);
        }
    }
}
