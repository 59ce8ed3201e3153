package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.JobPoller;
import dev.imagemirror.operator.claim.LiveClaims;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.ControllerLoop;
import dev.imagemirror.operator.engine.Deferrals;
import dev.imagemirror.operator.engine.OutageLog;
import dev.imagemirror.operator.engine.WorkQueue;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.reconcile.MirrorInformer;
import dev.imagemirror.operator.reconcile.ReconcileHints;
import dev.imagemirror.operator.web.QueueState;
import dev.imagemirror.operator.wiring.Wiring;
import dev.imagemirror.thread.Backoff;
import dev.imagemirror.thread.DaemonThreads;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The continuous loop: informer, queue, workers, timers; started once and stopped in order. */
public final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    /** Everything must end within 10 s, including local copy jobs, which are stopped afterwards. */
    private static final Duration STOP = Duration.ofSeconds(4);

    private static final Duration CALL = Duration.ofSeconds(5);
    private static final Duration FIRST_FAILURE = Duration.ofSeconds(1);
    private static final Duration MAX_FAILURE = Duration.ofMinutes(5);

    /** With this many entries waiting for a pass, events are left in their queue. */
    private static final int MANY = 100_000;

    private final OperatorConfig config;
    private final WorkQueue<EntryKey> queue = new WorkQueue<>(System::nanoTime);
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(3, new DaemonThreads("timer"));
    private final MirrorInformer informer;
    private final ControllerLoop<EntryKey> loop;
    private final ChangeFeed changes;
    private final JobPoller poller;
    private final Watch watch;
    private volatile boolean listed;

    public Service(Wiring wiring, Context context) {
        this(wiring, context, Watch.NONE);
    }

    /** @param watch observes the loop */
    public Service(Wiring wiring, Context context, Watch watch) {
        this.config = wiring.config();
        this.watch = watch;
        Ports ports = watch.over(wiring.ports());
        EntryIndex index = new EntryIndex();
        LiveClaims live = new LiveClaims();
        ReconcileHints hints = new ReconcileHints();
        ReconcilerFactory reconcilers = new ReconcilerFactory(config, context);
        Admission admission = reconcilers.admission(live, queue::add);
        this.informer = new MirrorInformer(ports, index, live, hints, queue::add, timers);
        informer.alsoTell(watch::listing);
        this.loop = new ControllerLoop<>(
                queue,
                reconcilers
                        .continuous(ports, admission)
                        .triggeredBy(index, hints, queue::add)
                        .tellingOf(watch.passes())
                        .build(),
                config.loop().workers(),
                new Backoff(FIRST_FAILURE, MAX_FAILURE, context.random()),
                new Deferrals<>(context.random()),
                watch.loop());
        this.changes = wiring.changes(() -> queue.depth() > MANY);
        this.poller = new JobPoller(ports.jobs(), live, queue::add);
        every(config.jobs().times().poll(), "job polling", poller::poll);
        every(CALL, "admission", admission::callNext);
    }

    /** Lists the tables, then starts; an unreadable table is an error here, but later only a delay. */
    public void start() {
        changes.start(watch.beside(informer));
        informer.list();
        listed = true;
        loop.start();
        every(config.tables().relist(), "table relisting", informer::list);
    }

    /** True once the tables have been listed, so that all entries are known. */
    boolean isListed() {
        return listed;
    }

    /** The jobs in flight as of the last poll, by id. */
    Map<String, CopyJob> jobs() {
        return poller.seen();
    }

    QueueState queueState() {
        return new QueueState(
                queue.depth(),
                queue.plannedCount(),
                queue.oldestWaiting(),
                config.loop().workers(),
                loop.aliveWorkers());
    }

    /** Runs the task periodically until closed; exceptions are logged. */
    private void every(Duration period, String what, Runnable task) {
        OutageLog outage = new OutageLog(what, LOG::warn, System::nanoTime);
        ScheduledFuture<?> unused = timers.scheduleWithFixedDelay( // cancelled with the timers
                () -> {
                    try {
                        task.run();
                        outage.worked(what);
                    } catch (RuntimeException e) {
                        outage.failed(what, e.toString());
                    }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Stops triggers first, then new passes; running passes may finish. */
    @Override
    public void close() {
        changes.close();
        timers.shutdownNow();
        try {
            if (!loop.stop(STOP)) {
                LOG.warn("some reconciles did not finish in time; their claims are kept, and the next process resumes"
                        + " them");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
