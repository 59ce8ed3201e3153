package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.engine.LogLimit;
import dev.imagemirror.operator.engine.OutageLog;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.wiring.Wiring;
import dev.imagemirror.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the process's catalog of all entries current, for its readers: the dashboard, the metrics, the policies.
 * Thread-safe.
 */
public final class CatalogFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogFeed.class);
    private static final Duration REFRESH = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Wiring wiring;
    private final EntryCatalog catalog;
    private final ChangeFeed statusChanges;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("catalog"));
    private final OutageLog outage = new OutageLog("the catalog of entries", LOG::warn, System::nanoTime);
    private final LogLimit faults = new LogLimit(System::nanoTime);
    private final Object following = new Object();
    private ChangeFeed mirrorChanges = ChangeFeed.NONE;
    private volatile boolean started;
    private volatile boolean isAlone;

    /** Creates a feed that is not started. */
    public CatalogFeed(Wiring wiring) {
        this.wiring = wiring;
        this.catalog = new EntryCatalog(wiring.ports().mirrors(), wiring.ports().statuses(), System::nanoTime);
        this.statusChanges = wiring.config().tables().stream() ? wiring.statusChanges() : ChangeFeed.NONE;
    }

    EntryCatalog catalog() {
        return catalog;
    }

    /** False if nothing reads the catalog. */
    boolean isStarted() {
        return started;
    }

    /** Follows the status table. {@link #followMirrors} or {@link #leaveMirrors} decides who lists the tables. */
    public void start() {
        started = true;
        statusChanges.start(catalog);
        later(REFRESH);
        Duration relist = wiring.config().tables().relist();
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay( // cancelled with the timer
                this::relist, relist.toMillis(), relist.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void relist() {
        if (isAlone) {
            catalog.lost();
        }
    }

    /**
     * Reads what is not known yet.
     *
     * @throws PortException if a table cannot be read
     */
    synchronized void read() {
        catalog.refresh();
    }

    /** Lists both tables, retrying until that succeeds, and follows the mirror table: for a process without a loop. */
    public void followMirrors() {
        synchronized (following) {
            if (started && !isAlone) {
                isAlone = true;
                if (wiring.config().tables().stream()) {
                    mirrorChanges = wiring.mirrorChanges();
                    mirrorChanges.start(catalog);
                }
                catalog.lost();
            }
        }
    }

    /** Leaves the mirror table to a loop that passes on its listings and changes: a stream supports few readers. */
    public void leaveMirrors() {
        synchronized (following) {
            isAlone = false;
            mirrorChanges.close();
            mirrorChanges = ChangeFeed.NONE;
        }
    }

    private void refresh() {
        try {
            if (isAlone || catalog.isListed()) { // otherwise a loop lists the tables first
                read();
                outage.worked(this);
            }
            later(REFRESH);
        } catch (PortException e) {
            outage.failed(this, e.getMessage());
            later(AFTER_FAILURE);
        } catch (RuntimeException e) {
            faults.happened(1, more -> LOG.error("cannot refresh the catalog of entries; retrying{}", more, e));
            later(AFTER_FAILURE);
        }
    }

    private void later(Duration delay) {
        try {
            ScheduledFuture<?> unused = // cancelled with the timer
                    timer.schedule(this::refresh, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopped while refreshing");
        }
    }

    @Override
    public void close() {
        leaveMirrors();
        statusChanges.close();
        timer.shutdownNow();
    }
}
