package dev.imagemirror.operator.engine;

import dev.imagemirror.thread.DaemonThreads;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers of {@link WorkQueue#drain}; they end with the queue. */
final class Drain<K> {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final WorkQueue<K> queue;
    private final Consumer<K> work;

    Drain(WorkQueue<K> queue, Consumer<K> work) {
        this.queue = queue;
        this.work = work;
    }

    /** Returns the keys not done when the queue is drained or the time is up. */
    Set<K> run(int workers, Duration limit) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(workers, new DaemonThreads("drain"));
        try {
            for (int i = 0; i < workers; i++) {
                threads.execute(this::workAll);
            }
            threads.shutdown();
            boolean unused = threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS); // the queue tracks them
            return queue.end();
        } finally {
            queue.shutDown();
            threads.shutdownNow();
        }
    }

    private void workAll() {
        try {
            for (Optional<K> key = queue.take(); key.isPresent(); key = queue.take()) {
                workOn(key.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // time is up
        }
    }

    private void workOn(K key) {
        try {
            work.accept(key);
        } catch (RuntimeException | Error e) {
            LOG.error("Worker recovered from: {}", e, e);
        } finally {
            queue.done(key);
        }
    }
}
