package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.LiveClaims;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.reconcile.MirrorInformer;
import dev.imagemirror.operator.reconcile.MirrorReconciler;
import dev.imagemirror.operator.reconcile.Nudges;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Passes over a set of entries, several at a time, each once: for runs that end. */
public final class Sweep {
    /** A pass that met another process's write, or a busy registry, is made again; in the end the pass has failed. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration SOON = Duration.ofSeconds(1);

    public static final Duration TELL_EVERY = Duration.ofSeconds(10);

    private final Ports ports;
    private final OperatorConfig config;
    private final EntryIndex index = new EntryIndex();
    private final Nudges nudges = new Nudges();
    private final MirrorReconciler reconciler;
    private final MirrorInformer informer;
    private final Set<EntryKey> chosen = ConcurrentHashMap.newKeySet();
    private final PrintStream err;
    private final SweepFailures failures = new SweepFailures();

    private Supplier<List<JobProgress>> progressOfJobs = List::of;
    private Duration limit = Duration.ofDays(365);
    private Duration tellEvery = TELL_EVERY;

    /** Takes what passes want worked, or null as long as nobody waits for it. */
    private volatile SweepQueue following;

    public Sweep(Ports ports, OperatorConfig config, Context context) {
        this.ports = ports;
        this.config = config;
        this.err = context.err();
        LiveClaims live = new LiveClaims();
        ReconcilerFactory reconcilers = new ReconcilerFactory(config, context);
        this.reconciler = reconcilers
                .oneShot(ports, reconcilers.admission(live, this::choose))
                .triggeredBy(index, nudges, this::choose)
                .build();
        this.informer = new MirrorInformer(ports, index, live, nudges, this::choose, Runnable::run);
    }

    /** How far the jobs are is said as well; {@code every} so long. */
    public void tell(Supplier<List<JobProgress>> jobs, Duration every) {
        progressOfJobs = jobs;
        tellEvery = every;
    }

    /** What runs so long from now on ends: its passes that are not over then have failed. */
    void endAfter(Duration time) {
        limit = time;
    }

    /** Lists the tables. */
    public void list() {
        informer.list();
    }

    /** What is heard of changes chooses entries, see {@link #taken}. */
    public ChangeFeed.Listener listener() {
        return informer;
    }

    /** The entries that were chosen since the last time. */
    public Set<EntryKey> taken() {
        Set<EntryKey> keys = new TreeSet<>(chosen);
        chosen.removeAll(keys);
        return keys;
    }

    /** The keys of all rows, and of statuses whose row is gone. */
    public Set<EntryKey> all() {
        return new TreeSet<>(chosen);
    }

    /** The entries that can be understood, as they were listed. */
    public List<MirrorEntry> entries() {
        return index.all();
    }

    /** The next pass over these forgets failures. */
    public void nudge(Collection<EntryKey> keys) {
        keys.forEach(nudges::add);
    }

    /** One pass over each. */
    public SweepResult once(Collection<EntryKey> keys) throws InterruptedException {
        passes(keys);
        return result(keys);
    }

    /** One pass over each; what hindered those that could not be completed. */
    public Map<EntryKey, String> passes(Collection<EntryKey> keys) throws InterruptedException {
        chosen.clear();
        failures.clear();
        work(new SweepQueue(), keys, key -> false);
        return failures.messages();
    }

    /** Passes until no entry has a job in flight or waits for one to end. */
    public SweepResult untilJobsEnd(Collection<EntryKey> keys) throws InterruptedException {
        following = new SweepQueue();
        Set<EntryKey> asked = Set.copyOf(keys);
        work(following, keys, key -> asked.contains(key) && hasJob(key));
        return result(keys);
    }

    private void choose(EntryKey key) {
        SweepQueue queue = following;
        if (queue != null) {
            queue.add(key);
        } else {
            chosen.add(key);
        }
    }

    private boolean hasJob(EntryKey key) {
        return ports.statuses().load(key).pairs().stream().anyMatch(pair -> pair.claim() != null);
    }

    private void work(SweepQueue queue, Collection<EntryKey> keys, Predicate<EntryKey> isUnfinished)
            throws InterruptedException {
        Patience patience = new Patience(PATIENCE, System::nanoTime);
        keys.forEach(queue::add);
        try (SweepProgress progress = new SweepProgress(keys, progressOfJobs, err, tellEvery)) {
            queue.run(config.loop().workers(), limit, key -> {
                Duration delay = tryToWork(key, patience, isUnfinished);
                if (delay == null) {
                    progress.ended(key);
                }
                return delay;
            });
        }
        queue.left().forEach(failures::left);
        failures.end();
    }

    /** When to look at the entry again, or null if it is done or has failed. */
    private Duration tryToWork(EntryKey key, Patience patience, Predicate<EntryKey> isUnfinished) {
        try {
            Duration delay = work(key, patience, isUnfinished);
            failures.worked(key);
            return delay;
        } catch (RuntimeException | Error e) {
            failures.failed(key, e);
            return null;
        }
    }

    private Duration work(EntryKey key, Patience patience, Predicate<EntryKey> isUnfinished) {
        ReconcileResult result = reconciler.reconcile(key);
        if (result.equals(MirrorReconciler.AGAIN) || result.equals(MirrorReconciler.PUT_OFF)) {
            patience.require();
            return result.requeueAfter();
        }
        patience.completed(key);
        Duration poll = config.jobs().times().poll();
        return isUnfinished.test(key) ? (poll.compareTo(SOON) < 0 ? poll : SOON) : null;
    }

    private SweepResult result(Collection<EntryKey> keys) {
        Map<EntryKey, String> failed = failures.messages();
        SweepResult result = new SweepResult(failed);
        for (EntryKey key : keys) {
            if (!failed.containsKey(key)) {
                result.add(ports.statuses().load(key));
            }
        }
        return result;
    }
}
