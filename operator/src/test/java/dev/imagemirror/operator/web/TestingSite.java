package dev.imagemirror.operator.web;

import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.port.RegistryHealth;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import dev.imagemirror.testing.MutableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The management port over tables in memory, on a free port of the loopback interface. */
public final class TestingSite implements AutoCloseable {
    /** What the mirror table holds. */
    public final TestingMirrorTable mirrors = new TestingMirrorTable();
    /** What the status table holds. */
    public final TestingStatusTable statuses = new TestingStatusTable(mirrors);
    /** Follows both, when it is told to. */
    public final EntryCatalog catalog = new EntryCatalog(mirrors, statuses, System::nanoTime);
    /** What time it is. */
    public final MutableClock clock = MutableClock.atSomeInstant();
    /** Jobs in flight. */
    public final Map<String, CopyJob> jobs = new ConcurrentHashMap<>();
    /** How far they are. */
    public final List<JobProgress> progress = new CopyOnWriteArrayList<>();
    /** How registries do. */
    public final List<RegistryHealth> registries = new CopyOnWriteArrayList<>();
    /** What is wrong by check. */
    public final Map<String, String> faults = new ConcurrentHashMap<>();

    private final HttpClient http = HttpClient.newHttpClient();
    private final WebServer server;

    /** Listens. */
    public TestingSite() {
        this(new WebSettings("127.0.0.1", 0, Set.of()));
    }

    TestingSite(WebSettings settings) {
        server = WebServer.start(settings, shown(), readiness(), () -> "a_metric 1\n");
    }

    StatusSource shown() {
        StatusSource.Activity activity = new StatusSource.Activity(
                () -> jobs,
                () -> progress,
                () -> registries,
                () -> new QueueState(3, 40, Duration.ofMillis(1500), 4, 4));
        return new StatusSource(catalog, activity, Map.of("version", "test", "jobs", "local"), clock, clock.instant());
    }

    Readiness readiness() {
        return new Readiness(List.of(check("tables"), check("informer"), check("queue")));
    }

    private Readiness.Check check(String name) {
        return new Readiness.Check(name, () -> faults.get(name));
    }

    /** Where the dashboard is. */
    public String url() {
        return server.url();
    }

    int port() {
        return server.port();
    }

    /** Asks for a path with its query, encoded. */
    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    URI uri(String path) {
        return URI.create(server.url()).resolve(path);
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
