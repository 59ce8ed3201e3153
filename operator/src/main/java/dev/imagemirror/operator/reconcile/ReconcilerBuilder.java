package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.ClaimAges;
import dev.imagemirror.operator.claim.ClaimLedger;
import dev.imagemirror.operator.claim.CopyStarter;
import dev.imagemirror.operator.claim.DestinationOwners;
import dev.imagemirror.operator.claim.JobFollower;
import dev.imagemirror.operator.claim.JobPlanner;
import dev.imagemirror.operator.claim.JobSubmission;
import dev.imagemirror.operator.claim.ReconcilerSettings;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.reconcile.gate.CopyGates;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Puts a reconciler together: the only place that knows what each part of a pass is made of. */
public final class ReconcilerBuilder {
    private final Ports ports;
    private final ReconcilerSettings settings;
    private final Admission admission;
    private EntryIndex index = new EntryIndex();
    private ReconcileHints hints = new ReconcileHints();
    private Consumer<EntryKey> enqueue = key -> {};
    private PassListener listener = PassListener.NONE;
    private Clock clock;
    private LongSupplier nanoTime;
    private RandomGenerator random;
    private IntFunction<Duration> backoff;

    /**
     * @param ports the world
     * @param settings how to go about it
     * @param admission limits on jobs
     */
    public ReconcilerBuilder(Ports ports, ReconcilerSettings settings, Admission admission) {
        this.ports = ports;
        this.settings = settings;
        this.admission = admission;
    }

    /**
     * What the reconciler shares with those who trigger it.
     *
     * @param entries all of them
     * @param hints what is asked of single passes
     * @param enqueuer has an entry worked soon
     */
    public ReconcilerBuilder triggeredBy(EntryIndex entries, ReconcileHints hints, Consumer<EntryKey> enqueuer) {
        this.index = entries;
        this.hints = hints;
        this.enqueue = enqueuer;
        return this;
    }

    /** Has passes told to a listener. */
    public ReconcilerBuilder tellingOf(PassListener passListener) {
        this.listener = passListener;
        return this;
    }

    /**
     * Required.
     *
     * @param wall for instants in the tables
     * @param monotonic in nanoseconds, for the ages of claims
     */
    public ReconcilerBuilder timedBy(Clock wall, LongSupplier monotonic) {
        this.clock = wall;
        this.nanoTime = monotonic;
        return this;
    }

    /**
     * Required.
     *
     * @param claimIds what ids of claims are made of
     * @param afterFailures delay after so many failures
     */
    public ReconcilerBuilder varying(RandomGenerator claimIds, IntFunction<Duration> afterFailures) {
        this.random = claimIds;
        this.backoff = afterFailures;
        return this;
    }

    /** The reconciler. */
    public MirrorReconciler build() {
        ClaimLedger ledger =
                new ClaimLedger(ports.statuses(), new ClaimAges(nanoTime, clock, settings.isOneShot()), admission);
        JobSubmission submission = new JobSubmission(ports, settings, ledger, backoff, clock);
        JobFollower follower = new JobFollower(ports.jobs(), settings, submission, ledger, clock);
        StatusRecorder recorder = new StatusRecorder(ports.statuses(), ledger, listener);
        Retirement retirement = new Retirement(ports.statuses(), follower, ledger, admission, index, enqueue);
        Verdicts verdicts = new Verdicts(settings.deadlines().start(), backoff);
        EntryPass pass = new EntryPass(
                new RowLoader(ports.mirrors(), ports.statuses(), index, admission, clock),
                new UnmirroredPass(
                        retirement, new InvalidPass(follower, recorder, verdicts, admission, settings.interval())),
                new RegistryStep(ports.registries(), index, listener),
                new JobStep(follower, copies(submission, ledger), recorder, admission),
                new DecisionStep(gates(), verdicts, new CoolDowns(admission)),
                new RecordStep(recorder, retirement, follower, settings.interval()));
        return new MirrorReconciler(pass, hints);
    }

    private CopyStarter copies(JobSubmission submission, ClaimLedger ledger) {
        JobPlanner planner = new JobPlanner(ports.jobs(), ports.registries(), settings, random);
        return new CopyStarter(planner, submission, ledger, admission, clock);
    }

    private CopyGates gates() {
        DestinationOwners owners = new DestinationOwners(ports.mirrors(), ports.statuses(), clock);
        return new CopyGates(index, owners, ports.repositories());
    }
}
