package dev.imagemirror.operator.app;

import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.reconcile.EntryCatalog;
import dev.imagemirror.operator.web.Metrics;
import dev.imagemirror.operator.web.Readiness;
import dev.imagemirror.operator.web.Shown;
import dev.imagemirror.operator.web.WebServer;
import dev.imagemirror.operator.web.WebSettings;
import dev.imagemirror.operator.web.WebStartException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operator with its management port: what is shown there comes from here. */
final class Management implements AutoCloseable {
    private static final Duration REFRESH = Duration.ofMillis(300);
    private static final Duration PROBE = Duration.ofSeconds(10);
    /** Waiting for a worker for so long means that the queue does not move. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Service service;
    private final WebServer server;

    private Management(Service service, WebServer server) {
        this.service = service;
        this.server = server;
    }

    /**
     * Opens the port, if there is to be one; the operator does not run yet.
     *
     * @param beside what else has to be ready
     */
    static Management open(Wiring wiring, Context context, Metrics metrics, Readiness.Check beside) {
        OperatorConfig.Web web = wiring.config().web();
        if (!web.isEnabled()) {
            return new Management(new Service(wiring, context, Watch.NONE), null);
        }
        EntryCatalog catalog =
                new EntryCatalog(wiring.ports().mirrors(), wiring.ports().statuses(), System::nanoTime);
        Watch watch = new Watch(catalog, new PassMetrics(metrics), (entry, copy) -> metrics.copyEnded(copy));
        Service service = new Service(wiring, context, watch);
        TableWatch tables = new TableWatch(catalog, wiring.ports(), System::nanoTime);
        Shown shown = shown(wiring, context, service, catalog);
        Readiness readiness = readiness(service, tables, beside);
        metrics.observe(shown, readiness);
        try {
            WebServer server = WebServer.start(
                    new WebSettings(web.address(), web.port(), Set.copyOf(web.hosts())),
                    shown,
                    readiness,
                    metrics::scrape);
            service.every(REFRESH, "read what has changed", tables::refresh);
            service.every(PROBE, "ask the tables for something", tables::probe);
            service.every(wiring.config().tables().relist(), "list the tables for screens", catalog::lost);
            return new Management(service, server);
        } catch (WebStartException e) {
            service.close();
            throw new CommandFailure(
                    Exit.CONFIG,
                    e.getMessage() + "; set web.port to a free one (0: any), correct web.address, or set web.enabled"
                            + " to false");
        }
    }

    /** Runs the operator. */
    void start() {
        service.start();
    }

    /** Where the dashboard is, or null. */
    String url() {
        return server == null ? null : server.url();
    }

    @Override
    public void close() {
        service.close();
        if (server != null) {
            server.close();
        }
    }

    private static Shown shown(Wiring wiring, Context context, Service service, EntryCatalog catalog) {
        Shown.Activity activity =
                new Shown.Activity(service::jobs, wiring::jobProgress, wiring::registryHealth, service::queueState);
        Map<String, String> about = Map.of(
                "version",
                new OperatorVersion().getVersion()[0],
                "jobs",
                wiring.config().jobs().mode().name().toLowerCase(java.util.Locale.ROOT));
        return new Shown(
                catalog, activity, about, context.clock(), context.clock().instant());
    }

    private static Readiness readiness(Service service, TableWatch tables, Readiness.Check beside) {
        return new Readiness(List.of(
                new Readiness.Check("tables", tables::fault),
                new Readiness.Check("informer", () -> service.isListed() ? null : "the tables were not listed yet"),
                new Readiness.Check("queue", () -> queueFault(service)),
                beside));
    }

    private static String queueFault(Service service) {
        var queue = service.queueState();
        if (queue.aliveWorkers() < queue.workers()) {
            return queue.aliveWorkers() + " of " + queue.workers() + " workers run";
        }
        return queue.oldestWaiting().compareTo(LONGEST_WAIT) > 0
                ? "an entry has waited for a worker for " + Amounts.span(queue.oldestWaiting())
                : null;
    }
}
