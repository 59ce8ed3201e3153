package dev.imagemirror.operator.web;

import dev.imagemirror.operator.engine.LogLimit;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The management port, from {@link #start} to {@link #close}. Thread-safe. */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final String JSON = "application/json";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int MAX_THREADS = 32;
    private static final List<String> ANY = List.of("0.0.0.0", "::");
    private static final String MIRROR = "/api/v1/mirrors/";

    private final Javalin javalin;
    private final EventStream events;
    private final MirrorList mirrors;
    private final Overview overview;
    private final Readiness readiness;
    private final Supplier<String> metrics;
    private final String address;
    private final LogLimit faults = new LogLimit(System::nanoTime);

    private WebServer(WebSettings settings, StatusSource shown, Readiness readiness, Supplier<String> metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
        this.address = settings.address();
        mirrors = new MirrorList(shown.catalog());
        overview = new Overview(shown, System::nanoTime);
        events = new EventStream(
                () -> !shown.activity().jobs().get().isEmpty()
                        || shown.activity().progress().get().stream()
                                .anyMatch(job -> !job.job().state().isEnded()),
                System::nanoTime);
        shown.catalog().onChange(events::changed);
        javalin = Javalin.create(config -> configure(config, settings));
    }

    /**
     * Listens.
     *
     * @param metrics gives what {@code /metrics} answers, in Prometheus's text format 0.0.4
     * @throws WebStartException if the address or port cannot be listened on
     */
    public static WebServer start(
            WebSettings settings, StatusSource shown, Readiness readiness, Supplier<String> metrics) {
        WebServer server = new WebServer(settings, shown, readiness, metrics);
        try {
            server.javalin.start();
        } catch (RuntimeException e) {
            server.close();
            throw new WebStartException(settings, e);
        }
        return server;
    }

    /** The port that is listened on. */
    public int port() {
        return javalin.port();
    }

    /** Where a browser on this machine finds the dashboard. */
    public String url() {
        String host = ANY.contains(address) ? "127.0.0.1" : address.contains(":") ? "[" + address + "]" : address;
        return "http://" + host + ":" + port() + "/";
    }

    @Override
    public void close() {
        events.close();
        javalin.stop();
    }

    private void configure(JavalinConfig config, WebSettings settings) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.defaultContentType = "text/plain; charset=utf-8";
        config.jetty.host = settings.address();
        config.jetty.port = settings.port();
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 2);
        threads.setName("web");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> server.setErrorHandler(new Refusals()));
        config.jetty.modifyHttpConfiguration(WebServer::allowEncodedSlashes);
        config.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        routes(config.routes, new HostCheck(settings));
    }

    /** Sources are path segments that contain slashes. */
    private static void allowEncodedSlashes(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setUriCompliance(
                UriCompliance.from("0,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING,SUSPICIOUS_PATH_CHARACTERS"));
    }

    private void routes(RoutesConfig routes, HostCheck hosts) {
        routes.before(new Guard(hosts));
        routes.get("/healthz", context -> json(context, JsonText.of(Map.of("status", "ok"))));
        routes.get("/readyz", this::ready);
        routes.get("/metrics", context -> context.contentType(PROMETHEUS_TEXT).result(metrics.get()));
        routes.get("/api/v1/summary", context -> json(context, overview.json()));
        routes.get("/api/v1/mirrors", context -> {
            MirrorQuery query = MirrorQuery.of(context.queryParamMap());
            json(context, JsonText.of(mirrors.page(query)));
        });
        routes.get(MIRROR + "<source>", context -> {
            String source = context.pathParam("source");
            json(context, JsonText.of(mirrors.entry(source)));
        });
        routes.before("/api/v1/events", context -> {
            if (events.isFull()) {
                throw WebException.of(503, "too many event streams; poll /api/v1/summary instead");
            }
        });
        routes.sse("/api/v1/events", events::connect);
        for (String name : Asset.NAMES) {
            Asset asset = Asset.read(name);
            routes.get(name.equals(Asset.PAGE) ? "/" : "/" + name, context -> serve(context, asset));
        }
        errors(routes);
    }

    private void errors(RoutesConfig routes) {
        routes.exception(
                WebException.class,
                (fault, context) -> error(context.status(fault.status()), fault.parameter(), fault.getMessage()));
        routes.exception(Exception.class, (fault, context) -> {
            faults.happened(1, more -> LOG.error("{} {} failed{}", context.method(), context.path(), more, fault));
            error(context.status(500), null, "internal error; see the log");
        });
        routes.error(404, context -> {
            if (!JSON.equals(context.res().getContentType())) {
                error(context, null, "not found; the dashboard is at /");
            }
        });
    }

    private void ready(Context context) {
        Readiness.Result result = readiness.check();
        json(context.status(result.isReady() ? 200 : 503), JsonText.of(result.document()));
    }

    private static void serve(Context context, Asset asset) {
        context.header("ETag", asset.tag()).header("Cache-Control", "no-cache").contentType(asset.type());
        if (asset.tag().equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            context.result(asset.content());
        }
    }

    private static void json(Context context, String text) {
        context.contentType(JSON).result(text);
    }

    private static void error(Context context, @Nullable String parameter, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        if (parameter != null) {
            error.put("parameter", parameter);
        }
        error.put("message", message);
        json(context, JsonText.of(Map.of("error", error)));
    }
}
