package dev.imagemirror.operator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.port.RegistryHealth;
import dev.imagemirror.operator.testing.TestingRefusal;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MirrorApiIT {
    private static final String KAFKA = "docker.io/bitnami/kafka:3.6";
    private static final String SECRET = "s3cret-s3cret";

    @AutoClose
    private final TestingSite site = new TestingSite();

    private final TestingFleet fleet = new TestingFleet(site);

    @Test
    void pagesThroughAllEntriesOnce() throws IOException {
        fleet.manyInSync(23);
        site.catalog.refresh();
        List<String> seen = new ArrayList<>();
        for (int offset = 0; offset < 23; offset += 10) {
            JsonNode page = json("/api/v1/mirrors?sort=source&limit=10&offset=" + offset);
            assertThat(page.path("total").asInt()).isEqualTo(23);
            page.path("entries").forEach(entry -> seen.add(entry.path("source").asText()));
        }
        assertThat(seen).hasSize(23).isSorted().doesNotHaveDuplicates();
        assertThat(sources("/api/v1/mirrors?offset=23")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sort=state, docker.io/acme/private:2",
        "sort=-state, docker.io/library/golang:1.17",
        "sort=drift, docker.io/bitnami/kafka:3.6",
        "sort=source, UPPER/case:1",
        "sort=-source, registry.k8s.io/pause:3.9",
        "sort=-pairs, docker.io/grafana/grafana:11.0.0#prod/monitoring/grafana"
    })
    void sortsAsAskedFor(String query, String first) throws IOException {
        fleet.everything();
        site.catalog.refresh();
        List<String> sources = sources("/api/v1/mirrors?" + query);
        assertThat(sources).hasSize(11);
        String expected = query.equals("sort=state") ? "UPPER/case:1" : first;
        assertThat(sources.get(0)).isEqualTo(expected);
    }

    @Test
    void filtersByStateAndByWordsAnywhere() throws IOException {
        fleet.everything();
        site.catalog.refresh();
        assertThat(sources("/api/v1/mirrors?state=blocked"))
                .containsExactly("UPPER/case:1", "docker.io/acme/private:2", KAFKA);
        assertThat(sources("/api/v1/mirrors?text=MIRROR/grafana"))
                .containsExactly("docker.io/grafana/grafana:11.0.0#prod/monitoring/grafana");
        assertThat(sources("/api/v1/mirrors?text=immutable%20kafka")).containsExactly(KAFKA);
        assertThat(sources("/api/v1/mirrors?text=immutable%20grafana")).isEmpty();
        assertThat(sources("/api/v1/mirrors?state=Blocked&text=acme&limit=1")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(TestingRefusal.class)
    void refusedItemsAreUnknownWithAReasonAndNotReady(TestingRefusal refusal) throws IOException {
        fleet.manyInSync(2);
        refusal.in(site.statuses, site.statuses.pairs().get(0));
        site.catalog.refresh();
        String source = site.statuses.pairs().get(0).entry().text();

        JsonNode listed = json("/api/v1/mirrors?state=unknown").path("entries");
        assertThat(listed)
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("source").asText()).isEqualTo(source));
        for (JsonNode entry : List.of(listed.path(0), json("/api/v1/mirrors/" + encoded(source)))) {
            assertThat(entry.path("state").asText()).isEqualTo("Unknown");
            assertThat(entry.path("ready").asText()).isEqualTo("False");
            assertThat(entry.path("reason").asText()).endsWith(TestingRefusal.FAULT);
        }
        assertThat(sources("/api/v1/mirrors?state=InSync")).doesNotContain(source);
        assertThat(sources("/api/v1/mirrors?text=schema%203")).containsExactly(source);
        JsonNode summary = json("/api/v1/summary");
        assertThat(summary.path("ready").asInt()).isEqualTo(1);
        assertThat(summary.path("entries").path("states").path("Unknown").asInt())
                .isEqualTo(1);
    }

    @Test
    void stateFilterMatchesAnyPairButInSyncRequiresAllPairs() throws IOException {
        fleet.entry("a.example/a:1", "b.example/a:1", PairState.held(Drift.STALE, Reason.DIVERGING, ""), Duration.ZERO);
        fleet.pair("a.example/a:1", "c.example/a:1", PairState.idle(Drift.STALE), Duration.ZERO);
        fleet.pair("a.example/a:1", "d.example/a:1", PairState.idle(Drift.IN_SYNC), Duration.ZERO);
        fleet.entry("a.example/b:1", "b.example/b:1", PairState.idle(Drift.IN_SYNC), Duration.ZERO);
        site.catalog.refresh();
        assertThat(sources("/api/v1/mirrors?state=Blocked")).containsExactly("a.example/a:1");
        assertThat(sources("/api/v1/mirrors?state=Stale")).containsExactly("a.example/a:1");
        assertThat(sources("/api/v1/mirrors?state=InSync")).containsExactly("a.example/b:1");
        assertThat(sources("/api/v1/mirrors?state=Missing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit, 1 to 500",
        "limit=501, limit, 1 to 500",
        "limit=ten, limit, 1 to 500",
        "offset=-1, offset, from 0",
        "state=Odd, state, 'Blocked, Unknown, Missing'",
        "sort=size, sort, 'state, source, drift, seen or pairs'",
        "limit=1&limit=2, limit, more than once",
        "colour=red, colour, 'state, text, sort, offset, limit'"
    })
    void namesInvalidValues(String query, String parameter, String words) throws IOException {
        HttpResponse<String> answer = site.get("/api/v1/mirrors?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = new ObjectMapper().readTree(answer.body()).path("error");
        assertThat(error.path("parameter").asText()).isEqualTo(parameter);
        assertThat(error.path("message").asText()).contains("'" + parameter + "'", words);
    }

    @Test
    void textThatIsTooLongIsRefused() {
        assertThat(site.get("/api/v1/mirrors?text=" + "x".repeat(513)).statusCode())
                .isEqualTo(400);
        assertThat(site.get("/api/v1/mirrors?text=" + "x".repeat(512)).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker.io/library/golang:1.17",
                "host:5000/a/b@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "docker.io/a/b:1#cluster/namespace/name",
                "odd row / with // everything?&=+%2F\"<>\\",
                "träger/☃:1"
            })
    void findsAnEntryByAnySpellingOfItsSource(String source) throws IOException {
        site.mirrors.row(source, Map.of("Destination", "a.example/b:1", "Interval", "5m"));
        site.catalog.refresh();
        JsonNode entry = json("/api/v1/mirrors/" + encoded(source));
        assertThat(entry.path("source").asText()).isEqualTo(source);
        assertThat(entry.path("row").path("Interval").asText()).isEqualTo("5m");
    }

    @Test
    void anEntryHasItsPairsWithReasonAndNextAction() throws IOException {
        fleet.everything();
        site.catalog.refresh();
        JsonNode pair = json("/api/v1/mirrors/" + encoded(KAFKA)).path("pairs").path(0);
        assertThat(pair.path("reason").asText()).isEqualTo("ImmutableTag");
        assertThat(pair.path("reasonInWords").asText()).isEqualTo("The tag is immutable at the destination.");
        assertThat(pair.path("nextAction").asText()).contains("mirror-operator sync " + KAFKA);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsShownInWordsWithTheNextAction(Reason reason) throws IOException {
        fleet.entry("a.example/a:1", "b.example/a:1", PairState.held(Drift.UNKNOWN, reason, "because"), Duration.ZERO);
        site.catalog.refresh();
        JsonNode pair = json("/api/v1/mirrors/" + encoded("a.example/a:1"))
                .path("pairs")
                .path(0);
        Advice advice = Advice.of(reason, new EntryKey("a.example/a:1"));
        assertThat(pair.path("phase").asText()).isEqualTo(reason.phase().word());
        assertThat(pair.path("reason").asText()).isEqualTo(reason.word());
        assertThat(pair.path("reasonInWords").asText()).isEqualTo(advice.words());
        assertThat(pair.path("nextAction").asText()).isEqualTo(advice.action());
        assertThat(pair.path("message").asText()).isEqualTo("because");
    }

    @Test
    void anEntryThatIsNotThereIsNotFound() {
        HttpResponse<String> answer = site.get("/api/v1/mirrors/no%2Fsuch:1");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("no entry 'no/such:1'");
        assertThat(site.get("/api/v1/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void summaryCountsEveryState() throws IOException {
        fleet.everything();
        site.catalog.refresh();
        JsonNode summary = json("/api/v1/summary");
        assertThat(summary.path("entries").path("total").asInt()).isEqualTo(11);
        assertThat(summary.path("entries").path("states").path("Blocked").asInt())
                .isEqualTo(3);
        assertThat(summary.path("pairs").path("states").path("InSync").asInt()).isEqualTo(2);
        assertThat(summary.path("jobs")).hasSize(1);
        assertThat(summary.path("queue").path("depth").asInt()).isEqualTo(3);
        assertThat(Duration.between(
                        java.time.Instant.parse(summary.path("oldestDrift").asText()), site.clock.instant()))
                .isEqualTo(Duration.ofHours(77));
    }

    @Test
    void runningJobReportsItsKnownProgressOnly() throws IOException {
        fleet.everything();
        site.catalog.refresh();
        JobProgress local = fleet.runningJob(58, 141).orElseThrow();
        site.progress.add(local);
        JsonNode known = json("/api/v1/summary").path("jobs").path(0).path("progress");
        assertThat(known.toString())
                .isEqualTo("{\"blobs\":14,\"blobsDone\":6,\"bytes\":141,\"bytesDone\":58,"
                        + "\"destinations\":1,\"destinationsDone\":0}");

        site.progress.set(0, new JobProgress(local.job(), 14, 6, 141, 58, JobProgress.UNKNOWN, JobProgress.UNKNOWN));

        await().untilAsserted(() -> assertThat(json("/api/v1/summary")
                        .path("jobs")
                        .path(0)
                        .path("progress")
                        .toString())
                .isEqualTo("{\"blobs\":14,\"blobsDone\":6,\"bytes\":141,\"bytesDone\":58}"));
    }

    @Test
    void noSecretIsEverShown() throws IOException {
        String source = "https://user:" + SECRET + "@registry.example/app:1";
        site.mirrors.row(source, Map.of("Destination", "https://robot:" + SECRET + "@b.example/app:1"));
        fleet.summary(source, List.of("Source: 'https://user:" + SECRET + "@registry.example/app:1' is no reference"));
        fleet.entry(
                "a.example/app:1",
                "b.example/app:1",
                PairState.held(
                        Drift.UNKNOWN,
                        Reason.ACCESS_DENIED,
                        "GET https://b.example/token?access_token=" + SECRET + " Authorization: Bearer " + SECRET),
                Duration.ZERO);
        fleet.entry("a.example/copying:1", "b.example/copying:1", PairState.copying(Drift.STALE, ""), Duration.ZERO);
        fleet.history(
                "a.example/app:1",
                "b.example/app:1",
                fleet.copy("failed: token=" + SECRET, 1, Duration.ZERO, Duration.ZERO));
        site.registries.add(new RegistryHealth("https://user:" + SECRET + "@odd", 0, 1, 1, null, -1));
        site.faults.put("tables", "cannot reach http://user:" + SECRET + "@dynamo:8000");
        site.catalog.refresh();

        String shown = source.replace("user:" + SECRET, "[hidden]");
        for (String path : List.of(
                "/api/v1/mirrors",
                "/api/v1/summary",
                "/readyz",
                "/metrics",
                "/api/v1/mirrors/" + encoded(source),
                "/api/v1/mirrors/" + encoded(shown),
                "/api/v1/mirrors/a.example%2Fapp:1",
                "/api/v1/mirrors/a.example%2Fcopying:1",
                "/api/v1/mirrors/" + encoded("token=" + SECRET))) {
            assertThat(site.get(path).body()).as(path).doesNotContain(SECRET).doesNotContain("s3cret-in-environment");
        }
        assertThat(json("/api/v1/mirrors/" + encoded(shown)).path("source").asText())
                .isEqualTo(shown);
        assertThat(sources("/api/v1/mirrors?text=" + SECRET))
                .as("nor can it be guessed at")
                .isEmpty();
    }

    private List<String> sources(String path) throws IOException {
        List<String> sources = new ArrayList<>();
        json(path)
                .path("entries")
                .forEach(entry -> sources.add(entry.path("source").asText()));
        return sources;
    }

    private JsonNode json(String path) throws IOException {
        HttpResponse<String> answer = site.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static String encoded(String source) {
        return URLEncoder.encode(source, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
