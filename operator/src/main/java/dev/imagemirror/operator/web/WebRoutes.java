package dev.imagemirror.operator.web;

import dev.imagemirror.operator.engine.LogLimit;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes of the management port; errors are JSON. Thread-safe. */
final class WebRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(WebRoutes.class);
    private static final String JSON = "application/json";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String MIRROR = "/api/v1/mirrors/";

    private final MirrorList mirrors;
    private final Overview overview;
    private final EventStream events;
    private final Readiness readiness;
    private final Supplier<String> metrics;
    private final LogLimit faults = new LogLimit(System::nanoTime);

    /** @param metrics supplies the body of {@code /metrics}, in Prometheus's text format 0.0.4 */
    WebRoutes(
            MirrorList mirrors, Overview overview, EventStream events, Readiness readiness, Supplier<String> metrics) {
        this.mirrors = mirrors;
        this.overview = overview;
        this.events = events;
        this.readiness = readiness;
        this.metrics = metrics;
    }

    void add(RoutesConfig routes, HostCheck hosts) {
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
                throw WebException.of(503, "too many browsers are connected; use /api/v1/summary instead");
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
