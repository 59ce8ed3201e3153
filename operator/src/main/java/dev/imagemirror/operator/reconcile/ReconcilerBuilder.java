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
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Builds a reconciler: the only place that knows the parts of a pass. */
public final class ReconcilerBuilder {
    private final Ports ports;
    private final ReconcilerSettings settings;
    private final Admission admission;
    private PassListener listener = PassListener.NONE;
    private @Nullable EntryIndex index;
    private @Nullable ReconcileHints hints;
    private @Nullable Consumer<EntryKey> enqueue;
    private @Nullable Clock clock;
    private @Nullable LongSupplier nanoTime;
    private @Nullable RandomGenerator random;
    private @Nullable IntFunction<Duration> backoff;

    /**
     * @param ports the outside world
     * @param settings the reconciler's settings
     * @param admission limits on jobs
     */
    public ReconcilerBuilder(Ports ports, ReconcilerSettings settings, Admission admission) {
        this.ports = ports;
        this.settings = settings;
        this.admission = admission;
    }

    /**
     * What the reconciler shares with its triggers. Required.
     *
     * @param entries all of them
     * @param hints for single passes
     * @param enqueuer enqueues an entry
     */
    public ReconcilerBuilder triggeredBy(EntryIndex entries, ReconcileHints hints, Consumer<EntryKey> enqueuer) {
        this.index = entries;
        this.hints = hints;
        this.enqueue = enqueuer;
        return this;
    }

    /** Sets the pass listener. */
    public ReconcilerBuilder tellingOf(PassListener passListener) {
        this.listener = passListener;
        return this;
    }

    /**
     * Required.
     *
     * @param wall for timestamps in the tables
     * @param monotonic nanoseconds, for the ages of claims
     */
    public ReconcilerBuilder timedBy(Clock wall, LongSupplier monotonic) {
        this.clock = wall;
        this.nanoTime = monotonic;
        return this;
    }

    /**
     * Required.
     *
     * @param claimIds randomness for claim ids
     * @param afterFailures delay by number of failures
     */
    public ReconcilerBuilder varying(RandomGenerator claimIds, IntFunction<Duration> afterFailures) {
        this.random = claimIds;
        this.backoff = afterFailures;
        return this;
    }

    /**
     * Builds the reconciler.
     *
     * @throws NullPointerException if something required is missing
     */
    public MirrorReconciler build() {
        EntryIndex entries = required(index, "triggeredBy");
        Clock wall = required(clock, "timedBy");
        IntFunction<Duration> afterFailures = required(backoff, "varying");
        ClaimAges ages = new ClaimAges(required(nanoTime, "timedBy"), wall, settings.isOneShot());
        ClaimLedger ledger = new ClaimLedger(ports.statuses(), ages, admission);
        JobSubmission submission = new JobSubmission(ports, settings, ledger, afterFailures, wall);
        JobFollower follower = new JobFollower(ports.jobs(), settings, submission, ledger, wall);
        StatusRecorder recorder = new StatusRecorder(ports.statuses(), ledger, listener);
        Retirement retirement = new Retirement(
                ports.statuses(), follower, ledger, admission, entries, required(enqueue, "triggeredBy"));
        Verdicts verdicts = new Verdicts(settings.deadlines().start(), afterFailures);
        InvalidPass invalid = new InvalidPass(follower, recorder, verdicts, admission, settings.interval());
        JobPlanner planner = new JobPlanner(ports.jobs(), ports.registries(), settings, required(random, "varying"));
        DestinationOwners owners = new DestinationOwners(ports.mirrors(), ports.statuses(), wall);
        EntryPass pass = new EntryPass(
                new RowLoader(ports.mirrors(), ports.statuses(), entries, admission, wall),
                new EntryPass.NoMirrorPasses(retirement, invalid),
                new RegistryStep(ports.registries(), entries, listener),
                new JobStep(
                        follower, new CopyStarter(planner, submission, ledger, admission, wall), recorder, admission),
                new DecisionStep(
                        new CopyGates(entries, owners, ports.repositories()), verdicts, new CoolDowns(admission)),
                new RecordStep(recorder, retirement, follower, settings.interval()));
        return new MirrorReconciler(pass, required(hints, "triggeredBy"));
    }

    private static <T> T required(@Nullable T value, String method) {
        return Objects.requireNonNull(value, () -> "call " + method + " first");
    }
}
