package dev.imagemirror.operator.app;

import dev.imagemirror.operator.reconcile.ChangeFeed;
import dev.imagemirror.operator.reconcile.EntryCatalog;
import dev.imagemirror.operator.reconcile.PortException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a catalog of all entries as the tables are; started once and stopped once. */
final class CatalogFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogFeed.class);
    private static final Duration REFRESH = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final EntryCatalog catalog;
    private final List<ChangeFeed> feeds;
    private final Duration relist;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(CatalogFeed::daemon);

    CatalogFeed(Wiring wiring) {
        this.catalog = new EntryCatalog(wiring.ports().mirrors(), wiring.ports().statuses(), System::nanoTime);
        this.feeds = wiring.config().tables().stream() ? List.of(wiring.changes(), wiring.statusChanges()) : List.of();
        this.relist = wiring.config().tables().relist();
    }

    EntryCatalog catalog() {
        return catalog;
    }

    /** Lists the tables, then follows them; a table that cannot be read is an error here, and later only a delay. */
    void start() {
        feeds.forEach(feed -> feed.start(catalog));
        catalog.refresh();
        later(REFRESH);
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay( // ends with the timer
                catalog::lost, relist.toMillis(), relist.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refresh() {
        boolean wasReached = catalog.failure() == null;
        try {
            catalog.refresh();
            later(REFRESH);
        } catch (PortException e) {
            if (wasReached) {
                LOG.warn("the tables cannot be read; that is tried again until they can: {}", e.getMessage());
            }
            later(AFTER_FAILURE);
        } catch (RuntimeException e) {
            LOG.error("the catalog of entries could not be refreshed; that is tried again", e);
            later(AFTER_FAILURE);
        }
    }

    private void later(Duration delay) {
        try {
            ScheduledFuture<?> unused = // ends with the timer
                    timer.schedule(this::refresh, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopped while refreshing");
        }
    }

    @Override
    public void close() {
        feeds.forEach(ChangeFeed::close);
        timer.shutdownNow();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "catalog");
        thread.setDaemon(true);
        return thread;
    }
}
