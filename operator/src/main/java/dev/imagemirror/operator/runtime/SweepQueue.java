package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.DaemonThreads;
import dev.imagemirror.operator.engine.WorkQueue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a run that ends: worked by several threads until none is left. A key that is to be worked again later
 * waits without a worker, so that it holds up no other. Thread-safe; for one run.
 */
final class SweepQueue {
    private static final Logger LOG = LoggerFactory.getLogger(SweepQueue.class);

    private final WorkQueue<EntryKey> queue = new WorkQueue<>(System::nanoTime);
    private final CountDownLatch empty = new CountDownLatch(1);

    /** The keys that are not done, and how often each was added: an addition during its work is one more wish. */
    private final Map<EntryKey, Integer> additions = new HashMap<>();

    /** Has the key worked as soon as possible. */
    synchronized void add(EntryKey key) {
        additions.merge(key, 1, Integer::sum);
        queue.add(key);
    }

    /**
     * Works on all keys until none is left, or so long; what is under way then is interrupted.
     *
     * @param work gives the delay after which the key is to be worked again, or null if it is done; fails never
     */
    void run(int workers, Duration limit, Function<EntryKey, Duration> work) throws InterruptedException {
        endIfEmpty();
        ExecutorService threads = Executors.newFixedThreadPool(workers, new DaemonThreads("sweep"));
        try {
            for (int i = 0; i < workers; i++) {
                threads.execute(() -> workAll(work));
            }
            if (!empty.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} entries were not worked in time", left().size());
            }
        } finally {
            queue.shutDown();
            threads.shutdownNow();
        }
    }

    /** The keys that are not done. */
    synchronized Set<EntryKey> left() {
        return Set.copyOf(additions.keySet());
    }

    private void workAll(Function<EntryKey, Duration> work) {
        try {
            for (EntryKey key = queue.take(); key != null; key = queue.take()) {
                int before = additionsOf(key);
                Duration delay = work.apply(key);
                queue.done(key);
                if (delay == null) {
                    done(key, before);
                } else {
                    queue.addAfter(key, delay);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run was given up
        }
    }

    private synchronized int additionsOf(EntryKey key) {
        return additions.getOrDefault(key, 0);
    }

    private synchronized void done(EntryKey key, int before) {
        additions.remove(key, before);
        endIfEmpty();
    }

    private synchronized void endIfEmpty() {
        if (additions.isEmpty()) {
            empty.countDown();
        }
    }
}
