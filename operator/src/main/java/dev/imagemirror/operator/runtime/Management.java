package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.config.WebConfig;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.program.CommandFailure;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.program.ProgramVersion;
import dev.imagemirror.operator.web.Metrics;
import dev.imagemirror.operator.web.QueueState;
import dev.imagemirror.operator.web.Readiness;
import dev.imagemirror.operator.web.StatusSource;
import dev.imagemirror.operator.web.WebServer;
import dev.imagemirror.operator.web.WebSettings;
import dev.imagemirror.operator.web.WebStartException;
import dev.imagemirror.operator.wiring.Wiring;
import dev.imagemirror.thread.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A process's management port and the catalog behind it: available for the process's lifetime, leader or standby.
 * Thread-safe.
 */
public final class Management implements AutoCloseable {
    /** Delay between two probes of the tables. */
    public static final Duration PROBE = Duration.ofSeconds(4);

    private static final QueueState NO_QUEUE = new QueueState(0, 0, Duration.ZERO, 0, 0);

    private final Wiring wiring;
    private final CatalogFeed feed;
    private final TableWatch tables;
    private final Metrics metrics;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("probe"));
    private volatile @Nullable Service working;
    private @Nullable WebServer server;

    private Management(Wiring wiring, CatalogFeed feed, Metrics metrics) {
        this.wiring = wiring;
        this.feed = feed;
        this.metrics = metrics;
        this.tables = new TableWatch(wiring.ports(), System::nanoTime);
    }

    /**
     * Opens the port, if configured; nothing is running yet.
     *
     * @param beside what else must be ready
     */
    public static Management open(
            Wiring wiring, CatalogFeed feed, Context context, Metrics metrics, Readiness.Check beside) {
        Management management = new Management(wiring, feed, metrics);
        if (wiring.config().web().isEnabled()) {
            management.serve(context, beside);
        }
        return management;
    }

    private void serve(Context context, Readiness.Check beside) {
        WebConfig web = wiring.config().web();
        StatusSource shown = shown(context);
        Readiness readiness = readiness(beside);
        metrics.observe(shown, readiness);
        try {
            server = WebServer.start(
                    new WebSettings(web.address(), web.port(), Set.copyOf(web.hosts())),
                    shown,
                    readiness,
                    metrics::scrape);
        } catch (WebStartException e) {
            throw new CommandFailure(
                    Exit.CONFIG,
                    e.getMessage() + "; set web.port to a free port (0: any), correct web.address, or set web.enabled"
                            + " to false");
        }
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay( // cancelled with the timer
                tables::probe, 0, PROBE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Observes the loop while it runs. */
    public Watch watch() {
        EntryCatalog catalog = feed.isStarted() ? feed.catalog() : null;
        PassMetrics passes = new PassMetrics(metrics);
        return new Watch(catalog, passes, passes);
    }

    /** From now on, the port shows this loop. */
    public void shows(Service loop) {
        working = loop;
    }

    /** From now on, there is no loop to show. */
    public void showsNoLoop() {
        working = null;
    }

    /** Where the dashboard is, if there is one. */
    public Optional<String> url() {
        return Optional.ofNullable(server).map(WebServer::url);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    private StatusSource shown(Context context) {
        StatusSource.Activity activity = new StatusSource.Activity(
                this::jobs, () -> wiring.jobProgress(jobs().values()), wiring::registryHealth, this::queueState);
        Map<String, String> about = Map.of(
                "version",
                ProgramVersion.line(),
                "jobs",
                wiring.config().jobs().mode().name().toLowerCase(Locale.ROOT));
        return new StatusSource(
                feed.catalog(),
                activity,
                about,
                context.clock(),
                context.clock().instant());
    }

    private QueueState queueState() {
        return ofLoop(Service::queueState, NO_QUEUE);
    }

    private Map<String, CopyJob> jobs() {
        return ofLoop(Service::jobs, Map.of());
    }

    private <T> T ofLoop(Function<Service, T> question, T otherwise) {
        Service loop = working;
        return loop == null ? otherwise : question.apply(loop);
    }

    private Readiness readiness(Readiness.Check beside) {
        return new Readiness(List.of(
                new Readiness.Check("tables", tables::fault),
                new Readiness.Check("informer", () -> isListed() ? null : "tables not listed yet"),
                new Readiness.Check("queue", () -> queueState().fault()),
                beside));
    }

    /** A process on standby, or without a loop, has only the catalog. */
    private boolean isListed() {
        return ofLoop(Service::isListed, feed.catalog().isListed());
    }
}
