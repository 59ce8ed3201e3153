package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.ClaimAges;
import dev.imagemirror.operator.claim.ClaimedCopy;
import dev.imagemirror.operator.claim.DestinationOwners;
import dev.imagemirror.operator.claim.JobFollower;
import dev.imagemirror.operator.claim.JobPlanner;
import dev.imagemirror.operator.claim.JobSubmission;
import dev.imagemirror.operator.claim.ReconcilerSettings;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.engine.Reconciler;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RegistryBusyException;
import dev.imagemirror.operator.port.StaleException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one mirror entry's destinations to its source's digests: load the row and what is known, validate, then {@link
 * EntryPass}: follow jobs, expand tags, observe, decide, claim and submit, record. Level-based: every pass reads the world
 * afresh, and every write is on the condition that it was read right. Thread-safe.
 */
public final class MirrorReconciler implements Reconciler<EntryKey> {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorReconciler.class);

    /** A pass is put off so long if too many wait for its registry. */
    private static final Duration BUSY = Duration.ofSeconds(3);

    private final Tools tools;
    private final Nudges nudges;
    private final PassListener listener;
    private final Clock clock;

    private MirrorReconciler(Tools tools, Nudges nudges, PassListener listener, Clock clock) {
        this.tools = tools;
        this.nudges = nudges;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * A reconciler.
     *
     * @param ports the world
     * @param settings how to go about it
     * @param shared what it shares with those who trigger it
     * @param chance clock, monotonic time, random generator, delays after failures
     */
    public static MirrorReconciler create(Ports ports, ReconcilerSettings settings, Shared shared, Chance chance) {
        ClaimAges ages = new ClaimAges(chance.nanoTime(), chance.clock(), settings.isOneShot());
        Admission admission = shared.admission();
        JobSubmission submission =
                new JobSubmission(ports, settings, admission, ages, chance.backoff(), chance.clock());
        JobFollower follower = new JobFollower(ports, settings, submission, admission, ages, chance.clock());
        DestinationOwners owners = new DestinationOwners(ports.mirrors(), ports.statuses(), chance.clock());
        JobPlanner planner = new JobPlanner(ports.jobs(), ports.registries(), settings, chance.random());
        Tools tools = new Tools(
                ports,
                settings,
                shared.index(),
                admission,
                ages,
                follower,
                new TagExpander(ports.registries()),
                new PairObserver(ports.registries()),
                new Hindrances(shared.index(), owners, ports.repositories()),
                new ClaimedCopy(ports, planner, submission, admission, ages, chance.clock()),
                new StatusRecorder(ports.statuses(), shared.listener()),
                new Retirement(ports, follower, admission, ages, shared.index(), shared.enqueue()),
                chance.backoff());
        return new MirrorReconciler(tools, shared.nudges(), shared.listener(), chance.clock());
    }

    /**
     * What the reconciler shares with those who trigger it.
     *
     * @param index all entries
     * @param admission limits on jobs
     * @param nudges what is asked of single passes
     * @param enqueue has an entry worked soon
     * @param listener hears of what passes do
     */
    public record Shared(
            EntryIndex index, Admission admission, Nudges nudges, Consumer<EntryKey> enqueue, PassListener listener) {
        /** With nobody who listens. */
        public Shared(EntryIndex index, Admission admission, Nudges nudges, Consumer<EntryKey> enqueue) {
            this(index, admission, nudges, enqueue, PassListener.NONE);
        }
    }

    /**
     * What is not the same in each run.
     *
     * @param clock wall clock, for instants in the tables
     * @param nanoTime monotonic clock
     * @param random for claim ids
     * @param backoff delay after so many failures
     */
    public record Chance(Clock clock, LongSupplier nanoTime, RandomGenerator random, IntFunction<Duration> backoff) {}

    @Override
    public ReconcileResult reconcile(EntryKey key) {
        Nudges.Nudge nudge = nudges.take(key);
        boolean complete = false;
        try {
            ReconcileResult result = pass(key, nudge);
            complete = true;
            return result;
        } catch (StaleException e) {
            return new ReconcileResult.Conflict(e.getMessage());
        } catch (RegistryBusyException e) {
            return new ReconcileResult.Throttled(e.getMessage(), BUSY);
        } finally {
            if (!complete) {
                nudges.add(key, nudge);
            }
        }
    }

    private ReconcileResult pass(EntryKey key, Nudges.Nudge nudge) {
        Optional<MirrorRow> row = tools.ports().mirrors().load(key);
        EntryRecords records = tools.ports().statuses().load(key);
        removeUnreadable(records);
        tools.admission().sync(key, records.shown());
        if (row.isEmpty()) {
            return retire(records);
        }
        Instant now = clock.instant();
        if (row.get().isExpired(now)) {
            return retire(records);
        }
        ParsedEntry parsed = EntryParser.parse(row.get());
        if (parsed instanceof ParsedEntry.Valid valid) {
            tools.index().put(row.get(), valid.entry());
            listener.registriesAreAsked(valid.entry());
            Nudges.Nudge wish = isEdited(row.get(), records.entry()) ? Nudges.Nudge.TRY : nudge;
            return new EntryPass(tools, row.get(), valid.entry(), records, wish, now).run();
        }
        tools.index().put(row.get(), null);
        return new InvalidPass(tools, row.get(), records, now).run((ParsedEntry.Invalid) parsed);
    }

    /** What an item said that cannot be read is found out anew. */
    private void removeUnreadable(EntryRecords records) {
        for (UnreadableItem item : records.refused().items()) {
            if (item.removable()) {
                if (!tools.ports().statuses().discard(item)) {
                    throw new StaleException("item " + item.name());
                }
                LOG.warn("{}: {}; it is removed, and what it said is found out anew", item.entry(), item.fault());
            }
        }
    }

    /** Seen by the row alone, since an edit may be heard of by nobody: runs that end, a change event that was lost. */
    private static boolean isEdited(MirrorRow row, EntryStatus before) {
        String known = before.summary().row().fingerprint();
        return known != null && !known.equals(row.fingerprint());
    }

    private ReconcileResult retire(EntryRecords records) {
        tools.index().remove(records.entry().key());
        return tools.retirement().retire(records);
    }
}
