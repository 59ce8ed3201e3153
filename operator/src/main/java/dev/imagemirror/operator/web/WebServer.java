package dev.imagemirror.operator.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The management port, from {@link #start} to {@link #close}. Thread-safe. */
public final class WebServer implements AutoCloseable {
    private static final int MAX_THREADS = 32;
    private static final List<String> ANY = List.of("0.0.0.0", "::");

    private final Javalin javalin;
    private final EventStream events;
    private final WebRoutes routes;
    private final String address;

    private WebServer(WebSettings settings, StatusSource shown, Readiness readiness, Supplier<String> metrics) {
        this.address = settings.address();
        events = new EventStream(
                () -> !shown.activity().jobs().get().isEmpty()
                        || shown.activity().progress().get().stream()
                                .anyMatch(job -> !job.job().state().isEnded()),
                System::nanoTime);
        routes = new WebRoutes(
                new MirrorList(shown.catalog()), new Overview(shown, System::nanoTime), events, readiness, metrics);
        shown.catalog().onChange(events::changed);
        javalin = Javalin.create(config -> configure(config, settings));
    }

    /**
     * Starts listening.
     *
     * @param metrics supplies the body of {@code /metrics}, in Prometheus's text format 0.0.4
     * @throws WebStartException if the address or port cannot be bound
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

    /** The bound port. */
    public int port() {
        return javalin.port();
    }

    /** Dashboard URL for a browser on this machine. */
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
        routes.add(config.routes, new HostCheck(settings));
    }

    /** Sources are path segments containing slashes. */
    private static void allowEncodedSlashes(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setUriCompliance(
                UriCompliance.from("0,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING,SUSPICIOUS_PATH_CHARACTERS"));
    }
}
