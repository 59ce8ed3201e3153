package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.LiveClaims;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.engine.Deferrals;
import dev.imagemirror.operator.engine.WorkQueue;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.reconcile.MirrorInformer;
import dev.imagemirror.operator.reconcile.MirrorReconciler;
import dev.imagemirror.operator.reconcile.ReconcileHints;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One pass over each of a set of entries, several at a time: for one-shot runs. */
public final class Sweep {
    /** A pass that met a conflict or a busy registry is retried; after this long without progress it has failed. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration SOON = Duration.ofSeconds(1);

    public static final Duration TELL_EVERY = Duration.ofSeconds(10);

    private final Ports ports;
    private final OperatorConfig config;
    private final EntryIndex index = new EntryIndex();
    private final ReconcileHints hints = new ReconcileHints();
    private final MirrorReconciler reconciler;
    private final MirrorInformer informer;
    private final ChosenEntries chosen = new ChosenEntries();
    private final PrintStream err;
    private final SweepFailures failures = new SweepFailures();

    private final RandomGenerator random;
    private Supplier<List<JobProgress>> progressOfJobs = List::of;
    private Duration limit = Duration.ofDays(365);
    private Duration tellEvery = TELL_EVERY;

    public Sweep(Ports ports, OperatorConfig config, Context context) {
        this.ports = ports;
        this.config = config;
        this.err = context.err();
        this.random = context.random();
        LiveClaims live = new LiveClaims();
        ReconcilerFactory reconcilers = new ReconcilerFactory(config, context);
        this.reconciler = reconcilers
                .oneShot(ports, reconcilers.admission(live, chosen::add))
                .triggeredBy(index, hints, chosen::add)
                .build();
        this.informer = new MirrorInformer(ports, index, live, hints, chosen::add, Runnable::run);
    }

    /** Also reports job progress, at this interval. */
    public void tell(Supplier<List<JobProgress>> jobs, Duration every) {
        progressOfJobs = jobs;
        tellEvery = every;
    }

    /** Limits the runtime from now on; passes that are not done then have failed. */
    void endAfter(Duration time) {
        limit = time;
    }

    /** Lists the tables. */
    public void list() {
        informer.list();
    }

    /** Changes select entries, see {@link #taken}. */
    public ChangeFeed.Listener listener() {
        return informer;
    }

    /** The entries selected since the last call. */
    public Set<EntryKey> taken() {
        return chosen.take();
    }

    /** The keys of all rows, and of statuses without a row. */
    public Set<EntryKey> all() {
        return chosen.all();
    }

    /** The valid entries, as listed. */
    public List<MirrorEntry> entries() {
        return index.all();
    }

    /** The next pass over these ignores failures. */
    public void retry(Collection<EntryKey> keys) {
        keys.forEach(hints::add);
    }

    /** Makes one pass over each. */
    public SweepResult once(Collection<EntryKey> keys) throws InterruptedException {
        passes(keys);
        return result(keys);
    }

    /** Makes one pass over each; returns why passes could not be completed. */
    public Map<EntryKey, String> passes(Collection<EntryKey> keys) throws InterruptedException {
        chosen.clear();
        failures.clear();
        work(newQueue(), keys, key -> Optional.empty());
        return failures.messages();
    }

    /** Makes passes until no entry has a job in flight or waits for one to end. */
    public SweepResult untilJobsEnd(Collection<EntryKey> keys) throws InterruptedException {
        WorkQueue<EntryKey> queue = newQueue();
        chosen.goInto(queue);
        Set<EntryKey> asked = Set.copyOf(keys);
        Duration poll = config.jobs().times().poll();
        Optional<Duration> next = Optional.of(poll.compareTo(SOON) < 0 ? poll : SOON);
        work(queue, keys, key -> asked.contains(key) && hasJob(key) ? next : Optional.empty());
        return result(keys);
    }

    private boolean hasJob(EntryKey key) {
        return ports.statuses().load(key).pairs().stream().anyMatch(pair -> pair.claim() != null);
    }

    private static WorkQueue<EntryKey> newQueue() {
        return new WorkQueue<>(System::nanoTime);
    }

    private void work(
            WorkQueue<EntryKey> queue, Collection<EntryKey> keys, Function<EntryKey, Optional<Duration>> lookAgain)
            throws InterruptedException {
        SweepPass pass = new SweepPass(
                reconciler::reconcile,
                new StallTimeout(PATIENCE, System::nanoTime),
                new Deferrals<>(random),
                failures,
                lookAgain);
        keys.forEach(queue::add);
        try (SweepProgress progress = new SweepProgress(keys, progressOfJobs, err, tellEvery)) {
            Set<EntryKey> left = queue.drain(
                    config.loop().workers(),
                    limit,
                    key -> pass.over(key)
                            .ifPresentOrElse(delay -> queue.addAfter(key, delay), () -> progress.ended(key)));
            left.forEach(failures::left);
        }
        failures.end();
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
