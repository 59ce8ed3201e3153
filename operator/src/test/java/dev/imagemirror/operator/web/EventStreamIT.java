package dev.imagemirror.operator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairState;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TestingSite site = new TestingSite();
    private final TestingFleet fleet = new TestingFleet(site);
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<InputStream> streams = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (InputStream stream : streams) {
            stream.close();
        }
        site.close();
    }

    @Test
    void manyChangesAreFewEvents() throws Exception {
        List<String> heard = listen();
        await().atMost(LIMIT).until(() -> heard.size() == 1);
        fleet.manyInSync(500);
        site.catalog.refresh();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(heard).last().isEqualTo("500"));
        assertThat(heard).as("500 changes").hasSizeLessThan(10);
        fleet.entry("a.example/b:1", PairState.idle(Drift.STALE));
        site.catalog.changed(new EntryKey("a.example/b:1"));
        site.catalog.refresh();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(heard).last().isEqualTo("501"));
    }

    @Test
    void limitsTheNumberOfClientsAndFreesTheirPlaces() throws Exception {
        for (int i = 0; i < EventStream.MAX_CLIENTS; i++) {
            assertThat(connect().statusCode()).isEqualTo(200);
        }
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(connect().statusCode()).isEqualTo(503));
        assertThat(site.get("/healthz").statusCode())
                .as("others are still served")
                .isEqualTo(200);
        for (InputStream stream : streams) {
            stream.close();
        }
        fleet.entry("a.example/b:1", PairState.idle(Drift.STALE));
        site.catalog.refresh();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(connect().statusCode()).isEqualTo(200));
    }

    private List<String> listen() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        InputStream stream = connect().body();
        CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> read(stream, heard));
        return heard;
    }

    /** The numbers of the events. */
    private static void read(InputStream stream, List<String> heard) {
        new java.io.BufferedReader(new java.io.InputStreamReader(stream, StandardCharsets.UTF_8))
                .lines()
                .filter(line -> line.startsWith("data: "))
                .forEach(line -> heard.add(line.substring(6)));
    }

    private HttpResponse<InputStream> connect() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(site.uri("/api/v1/events"))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        streams.add(answer.body());
        return answer;
    }
}
