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
 * Processes a queue with a fixed number of threads until stopped. A bad key neither stops a thread nor delays other
 * keys. A pass that throws is logged and retried with backoff; one that completes resets the key's failure count; one
 * that is incomplete but did not fail is retried after a delay from {@link Deferrals}. Thread-safe.
 *
 * @param <K> the key type; a key's text is put into the logging context as {@code source}
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
     * Creates a loop that is idle until {@link #start}.
     *
     * @param queue the queue to process; shut down by {@link #stop}
     * @param reconciler called by all workers
     * @param workers number of threads
     * @param backoff retry delay by number of failures of a key
     * @param deferrals retry delays of incomplete passes
     * @param listener notified of every pass
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
            // Daemon threads: code that ignores interrupts must not keep a stopped process alive.
            threads.add(new DaemonThreads("reconcile-" + i).newThread(this::work));
        }
    }

    /** Starts the workers; call only once. */
    public void start() {
        threads.forEach(Thread::start);
    }

    /** The number of live workers: all of them between {@link #start} and {@link #stop}. */
    public long aliveWorkers() {
        return threads.stream().filter(Thread::isAlive).count();
    }

    /**
     * Stops taking keys, gives running passes three quarters of the time to finish, interrupts the rest, and returns
     * once all have ended or the time is up.
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
            // Only stop() interrupts for good; this clears a flag left behind by a pass.
            LOG.debug("Interrupted while waiting for a key");
        } catch (Exception | Error e) {
            // Not the pass, which never throws: its listener, or logging.
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
