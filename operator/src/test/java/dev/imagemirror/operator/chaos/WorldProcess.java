package dev.imagemirror.operator.chaos;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.JobPoller;
import dev.imagemirror.operator.claim.LiveClaims;
import dev.imagemirror.operator.claim.ReconcilerSettings;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.Deferrals;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.reconcile.MirrorInformer;
import dev.imagemirror.operator.reconcile.MirrorReconciler;
import dev.imagemirror.operator.reconcile.ReconcileHints;
import dev.imagemirror.operator.reconcile.ReconcilerBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One operator: its memory, what it is to do when, and the one thing that it does now. */
final class WorldProcess {
    private static final Duration POLL = Duration.ofSeconds(15);
    private static final Duration RELIST = Duration.ofMinutes(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    /**
     * What kind of process.
     *
     * @param ahead by how much its wall clock is
     * @param isOneShot true if it works each entry once and ends
     * @param faults of its calls to tables and queue
     */
    record Kind(Duration ahead, boolean isOneShot, Supplier<SteppedPorts.Fault> faults) {
        static final Kind USUAL = new Kind(Duration.ZERO, false, () -> SteppedPorts.Fault.NONE);

        @Override
        public String toString() {
            return (isOneShot ? "one shot" : "service") + ", clock " + ahead;
        }
    }

    private final World world;
    private final String name;
    private final Kind kind;
    private final SteppedPorts stepped;
    private final Map<EntryKey, Instant> due = new TreeMap<>();
    private final LiveClaims live = new LiveClaims();
    private final ReconcileHints hints = new ReconcileHints();
    private final Deferrals<EntryKey> deferrals;
    private final Admission admission;
    private final MirrorReconciler reconciler;
    private final MirrorInformer informer;
    private final JobPoller poller;
    private Instant pollAt;
    private Instant listAt;
    private Instant pausedUntil;
    private SteppedWork work;
    private int steps;

    WorldProcess(World world, String name, Kind kind) {
        this.world = world;
        this.name = name;
        this.kind = kind;
        this.stepped = new SteppedPorts(kind.faults());
        this.pollAt = world.now().plus(POLL);
        this.listAt = world.now();
        this.pausedUntil = world.now();
        Ports ports = stepped.of(world.ports());
        Clock clock = Clock.offset(world.clock, kind.ahead());
        EntryIndex index = new EntryIndex();
        this.admission = new Admission(new Admission.Limits(100, 100), live, clock, this::enqueue);
        this.deferrals = new Deferrals<>(new Random(name.hashCode()));
        long booted = name.hashCode() * 1_000_000_007L;
        this.reconciler = new ReconcilerBuilder(ports, settings(), admission)
                .triggeredBy(index, hints, this::enqueue)
                .timedBy(clock, () -> booted + world.clock.millis() * 1_000_000)
                .varying(new Random(name.hashCode()), failures -> Duration.ofSeconds(Math.min(60, 10L * failures)))
                .build();
        this.informer = new MirrorInformer(ports, index, live, hints, this::enqueue, Runnable::run);
        this.poller = new JobPoller(ports.jobs(), live, this::enqueue);
    }

    private ReconcilerSettings settings() {
        ReconcilerSettings usual = ReconcilerSettings.standard(name);
        return kind.isOneShot() ? usual.oneShot() : usual;
    }

    /** The feed tells of a row. */
    void changed(EntryKey key) {
        informer.changed(key);
    }

    /** An event tells of an image, truly or not. */
    void imageChanged(ImageReference image, boolean removed) {
        informer.imageChanged(image, removed);
    }

    /** An event tells of a job. */
    void jobChanged(WorldJob job) {
        informer.jobChanged(
                job.id,
                WorldQueue.destinations(job.spec).map(ImageReference::parse).toList());
    }

    private void enqueue(EntryKey key) {
        plan(key, world.now());
    }

    private void plan(EntryKey key, Instant at) {
        due.merge(key, at, (a, b) -> a.isBefore(b) ? a : b);
    }

    /** It does nothing until then, as a machine that is suspended. */
    void pause(Duration time) {
        pausedUntil = world.now().plus(time);
    }

    /** Goes on from one call to the next; null if there is nothing to do now. */
    String step() {
        if (pausedUntil.isAfter(world.now())) {
            return null;
        }
        if (work == null || work.isEnded()) {
            work = next();
        }
        if (work == null) {
            return null;
        }
        work.step();
        steps++;
        if (work.isEnded() && work.failure() != null) {
            throw new AssertionError(name + " failed", work.failure());
        }
        return work.isEnded() ? "done" : work.at();
    }

    /** How many steps it has made. */
    int steps() {
        return steps;
    }

    private SteppedWork next() {
        if (!listAt.isAfter(world.now())) {
            listAt = world.now().plus(RELIST);
            return new SteppedWork(
                    name,
                    () -> guarded(informer::list, () -> listAt = world.now().plus(AFTER_FAILURE)));
        }
        if (!pollAt.isAfter(world.now())) {
            pollAt = world.now().plus(POLL);
            return new SteppedWork(name, () -> {
                guarded(poller::poll, () -> {});
                admission.callNext();
            });
        }
        return due.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .filter(first -> !first.getValue().isAfter(world.now()))
                .map(first -> pass(first.getKey()))
                .orElse(null);
    }

    private SteppedWork pass(EntryKey key) {
        due.remove(key);
        world.note(name + " works " + key);
        return new SteppedWork(
                name,
                () -> guarded(
                        () -> {
                            ReconcileResult result = reconciler.reconcile(key);
                            if (!(result instanceof ReconcileResult.Done)) {
                                plan(key, world.now().plus(delay(key, result)));
                            }
                        },
                        () -> plan(key, world.now().plus(AFTER_FAILURE))));
    }

    private Duration delay(EntryKey key, ReconcileResult result) {
        if (result instanceof ReconcileResult.Incomplete incomplete) {
            return deferrals.delay(key, incomplete);
        }
        deferrals.completed(key);
        return ((ReconcileResult.RequeueAfter) result).delay();
    }

    private static void guarded(Runnable work, Runnable failed) {
        try {
            work.run();
        } catch (PortException e) {
            failed.run();
        }
    }

    /** Time until there is something to do. */
    Duration untilDue() {
        Instant next = listAt.isBefore(pollAt) ? listAt : pollAt;
        for (Instant at : due.values()) {
            next = at.isBefore(next) ? at : next;
        }
        next = pausedUntil.isAfter(next) ? pausedUntil : next;
        Duration wait = Duration.between(world.now(), next);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /** True if it is between two calls of a pass. */
    boolean isWorking() {
        return work != null && !work.isEnded();
    }

    /** True if a one-shot run has made its passes, and is to end. */
    boolean isDone() {
        return kind.isOneShot() && !isWorking() && due.values().stream().allMatch(at -> at.isAfter(world.now()));
    }

    /** The submission that it is about to send, or null. */
    WorldQueue.Sent sending() {
        return isWorking() && work.at().equals(SteppedPorts.BEFORE_SUBMIT) ? stepped.sending() : null;
    }

    void kill() {
        if (isWorking()) {
            work.kill();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
