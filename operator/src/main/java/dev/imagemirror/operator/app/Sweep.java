package dev.imagemirror.operator.app;

import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryParser;
import dev.imagemirror.operator.domain.MirrorEntry;
import dev.imagemirror.operator.domain.ParsedEntry;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.reconcile.ChangeFeed;
import dev.imagemirror.operator.reconcile.MirrorInformer;
import dev.imagemirror.operator.reconcile.MirrorReconciler;
import dev.imagemirror.operator.reconcile.Ports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes over a set of entries, several at a time, each once: for runs that end. */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** A pass that met another process's write, or a busy registry, is made again; in the end the pass has failed. */
    private static final int MAX_TRIES = 300;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Ports ports;
    private final OperatorConfig config;
    private final Reconciling reconciling;
    private final MirrorInformer informer;
    private final Set<EntryKey> enqueued = ConcurrentHashMap.newKeySet();
    private final Map<EntryKey, String> failures = new ConcurrentHashMap<>();

    Sweep(Ports ports, OperatorConfig config, Context context) {
        this.ports = ports;
        this.config = config;
        this.reconciling = Reconciling.oneShot(ports, config, context, enqueued::add);
        this.informer = new MirrorInformer(
                ports, reconciling.index(), reconciling.live(), reconciling.nudges(), enqueued::add, Runnable::run);
    }

    /** Lists the tables. */
    void list() {
        informer.list();
    }

    /** What is heard of changes chooses entries, see {@link #taken}. */
    ChangeFeed.Listener listener() {
        return informer;
    }

    /** The entries that were chosen since the last time. */
    Set<EntryKey> taken() {
        Set<EntryKey> keys = new TreeSet<>(enqueued);
        enqueued.removeAll(keys);
        return keys;
    }

    /** The keys of all rows, and of statuses whose row is gone. */
    Set<EntryKey> all() {
        return new TreeSet<>(enqueued);
    }

    /** The entries that can be understood. */
    List<MirrorEntry> entries() {
        List<MirrorEntry> entries = new ArrayList<>();
        for (EntryKey key : all()) {
            ports.mirrors().load(key).map(EntryParser::parse).ifPresent(parsed -> {
                if (parsed instanceof ParsedEntry.Valid valid) {
                    entries.add(valid.entry());
                }
            });
        }
        return entries;
    }

    /** The next pass over these forgets failures. */
    void nudge(Collection<EntryKey> keys) {
        keys.forEach(reconciling.nudges()::add);
    }

    /** One pass over each. */
    SweepResult once(Collection<EntryKey> keys) throws InterruptedException {
        passes(keys);
        return result(keys);
    }

    /** One pass over each; what hindered those that could not be completed. */
    Map<EntryKey, String> passes(Collection<EntryKey> keys) throws InterruptedException {
        enqueued.clear();
        pass(keys);
        return new TreeMap<>(failures);
    }

    /** Passes until no entry has a job in flight or waits for one to end. */
    SweepResult untilJobsEnd(Collection<EntryKey> keys) throws InterruptedException {
        enqueued.clear();
        Set<EntryKey> next = new LinkedHashSet<>(keys);
        while (!next.isEmpty()) {
            pass(next);
            next = new LinkedHashSet<>(enqueued);
            enqueued.clear();
            for (EntryKey key : keys) {
                boolean busy = ports.statuses().load(key).pairs().stream().anyMatch(pair -> pair.claim() != null);
                if (busy) {
                    next.add(key);
                }
            }
            if (!next.isEmpty()) {
                Duration poll = config.jobs().times().poll();
                Pauses.of(poll.compareTo(SOON) < 0 ? poll : SOON);
            }
        }
        return result(keys);
    }

    private void pass(Collection<EntryKey> keys) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(config.loop().workers(), Sweep::daemon);
        try {
            Map<EntryKey, Future<?>> passes = new TreeMap<>();
            keys.forEach(key -> passes.put(key, workers.submit(() -> pass(key))));
            for (Map.Entry<EntryKey, Future<?>> pass : passes.entrySet()) {
                await(pass.getKey(), pass.getValue());
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private Void pass(EntryKey key) throws InterruptedException {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            ReconcileResult result = reconciling.reconciler().reconcile(key);
            if (!result.equals(MirrorReconciler.AGAIN) && !result.equals(MirrorReconciler.PUT_OFF)) {
                return null;
            }
            Pauses.of(SOON);
        }
        throw new IllegalStateException("its registry or its items were busy for " + MAX_TRIES + " s");
    }

    private void await(EntryKey key, Future<?> pass) throws InterruptedException {
        try {
            pass.get();
            failures.remove(key);
        } catch (ExecutionException e) {
            LOG.warn("the pass over {} failed: {}", key, e.getCause().getMessage());
            failures.put(key, String.valueOf(e.getCause().getMessage()));
        }
    }

    private SweepResult result(Collection<EntryKey> keys) {
        SweepResult result = new SweepResult(new TreeMap<>(failures));
        for (EntryKey key : keys) {
            if (!failures.containsKey(key)) {
                result.add(ports.statuses().load(key));
            }
        }
        return result;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "sweep");
        thread.setDaemon(true);
        return thread;
    }
}
