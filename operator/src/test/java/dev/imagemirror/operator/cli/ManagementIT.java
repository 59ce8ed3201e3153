package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import dev.imagemirror.operator.web.MetricsPage;
import dev.imagemirror.operator.web.PrometheusText;
import dev.imagemirror.operator.web.PrometheusText.Family;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.TestingHttpServer;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The management port of a running operator, over real registries and DynamoDB Local. */
@Timeout(180)
class ManagementIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path ALERTS = Path.of("..", "docs", "alerts.yaml");
    private static final Pattern USED = Pattern.compile("\\bimage_mirror_[a-z_]+");

    @AutoClose
    private final TestingCommands commands = new TestingCommands();

    @AutoClose
    private final TestingRegistry from =
            TestingRegistry.builder().rateLimit(10_000, Duration.ofHours(6)).start();

    @AutoClose
    private final TestingRegistry to = TestingRegistry.start();

    private TestingRun run;

    @AfterEach
    void stop() throws InterruptedException {
        if (run != null) {
            run.stop();
        }
    }

    @Test
    void showsDriftAndItsHealingWithoutAskingTheTablesAgain() {
        commands.environment.put("MIRROR_OPERATOR_TABLES_RELIST", "1h");
        commands.environment.put("MIRROR_OPERATOR_LOOP_INTERVAL", "1s");
        commands.environment.put("MIRROR_OPERATOR_REGISTRIES_SWEEP_WINDOW", "0s");
        run = new TestingRun(commands).start();
        TestingImage first = TestingImages.multiPlatform(LayerKind.GZIP, 1, 1, 10_000, 1);
        first.putInto(from, "team/app", "1");
        String source = from.reference("team/app", "1");
        commands.putRow(source, to.reference("copy/app", "1"));
        awaitDigest(source, first.digest());

        TestingImage second = TestingImages.multiPlatform(LayerKind.GZIP, 1, 1, 10_000, 2);
        second.putInto(from, "team/app", "1");

        awaitDigest(source, second.digest());
        JsonNode summary = run.json("/api/v1/summary");
        assertThat(summary.path("entries").path("states").path("InSync").asInt())
                .isEqualTo(1);
        assertThat(summary.path("copies"))
                .extracting(copy -> copy.path("digest").asText())
                .containsExactlyInAnyOrder(second.digest(), first.digest());
        assertThat(summary.path("registries"))
                .extracting(registry -> registry.path("name").asText())
                .containsExactlyInAnyOrder(from.authority(), to.authority());
        assertThat(run.json("/api/v1/mirrors?state=InSync").path("total").asInt())
                .isEqualTo(1);
        assertThat(run.json("/api/v1/mirrors?state=Blocked").path("total").asInt())
                .isZero();
    }

    @Test
    void theTablesAreListedOnceForLoopAndDashboard() {
        commands.environment.put("MIRROR_OPERATOR_TABLES_RELIST", "1h");
        TestingImages.small(1).putInto(from, "team/app", "1");
        String source = from.reference("team/app", "1");
        commands.putRow(source, to.reference("copy/app", "1"));
        run = new TestingRun(commands).start();

        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(run.entry(source).path("source").asText()).isEqualTo(source));

        Map<String, String> scans = Map.of("service", "DynamoDB", "operation", "Scan", "result", "ok");
        assertThat(family("image_mirror_aws_calls_total").value(scans)).isEqualTo(8); // two tables by four segments
    }

    @Test
    void becomesReadyOnceTheTablesWereListedAndAskedForSomething() {
        run = new TestingRun(commands).start();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(run.get("/readyz").body()).contains("\"ready\":true"));
        assertThat(run.get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void isNotReadyWithAReasonWhileTheTablesDoNotAnswer() {
        try (TestingHttpServer silent =
                TestingHttpServer.start(null, request -> List.of(Faults.stall()), request -> Response.of(500))) {
            String url = "http://" + silent.authority();
            commands.aws.endpoint("DynamoDb", url).endpoint("DynamoDbStreams", url);
            run = new TestingRun(commands).start("dashboard at");

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(run.get("/readyz").body())
                            .startsWith("{\"ready\":false,")
                            .contains("{\"name\":\"tables\",\"ok\":false,\"detail\":")
                            .contains("{\"name\":\"informer\",\"ok\":false,\"detail\":\"tables not listed yet\"}"));
            assertThat(run.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(run.get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    static List<Interceptor> outages() {
        return List.of(
                Faults.stall(),
                Faults.resetBeforeAnswer(),
                Faults.status(503),
                Faults.status(400, "UnrecognizedClientException", "no"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void isReadyOnlyAsLongAsTheTablesAnswer(Interceptor outage) {
        try (ThrottledTables gate =
                new ThrottledTables(TestingDynamoServer.shared().url())) {
            commands.aws.endpoint("DynamoDb", gate.url()).endpoint("DynamoDbStreams", gate.url());
            run = new TestingRun(commands).start();
            awaitReadiness(200);

            gate.fail(outage);
            awaitReadiness(503);
            assertThat(run.get("/readyz").body())
                    .contains("{\"name\":\"tables\",\"ok\":false,\"detail\":", "{\"name\":\"informer\",\"ok\":true");
            assertThat(run.get("/healthz").statusCode()).isEqualTo(200);

            gate.fail();
            awaitReadiness(200);
        }
    }

    private void awaitReadiness(int status) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(run.get("/readyz").statusCode()).isEqualTo(status));
    }

    @Test
    void everyDocumentedMetricIsThereAfterAScenarioAndEveryMetricIsDocumented() throws IOException {
        run = new TestingRun(commands).start();
        TestingImages.small(1).putInto(from, "team/app", "1");
        commands.putRow(from.reference("team/app", "1"), to.reference("copy/app", "1"));
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(family("image_mirror_copies_total").value(Map.of("result", "copied")))
                                .isEqualTo(1));
        Map<String, Family> families = PrometheusText.parse(run.get("/metrics").body());
        Map<String, String> documented = MetricsPage.types();

        assertThat(documented).hasSizeGreaterThan(30);
        documented.forEach((name, type) -> assertThat(families)
                .as(name)
                .hasEntrySatisfying(
                        name, family -> assertThat(family.type()).as(name).isEqualTo(type)));
        Set<String> own = families.keySet().stream()
                .filter(name -> name.startsWith("image_mirror_"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented.keySet()).as("every metric is documented").containsAll(own);
        assertThat(families.keySet()).allMatch(name -> name.matches("(image_mirror|jvm|process|system)_.*"));
        await().atMost(LIMIT).untilAsserted(this::scenarioIsCounted);
    }

    private void scenarioIsCounted() throws IOException {
        assertThat(family("image_mirror_entries").value(Map.of("state", "InSync")))
                .isEqualTo(1);
        assertThat(family("image_mirror_registry_requests_total").samples().keySet())
                .anyMatch(sample ->
                        sample.labels().equals(Map.of("registry", to.authority(), "method", "PUT", "status", "201")))
                .anyMatch(sample -> sample.labels()
                        .equals(Map.of("registry", from.authority(), "method", "HEAD", "status", "200")));
        assertThat(family("image_mirror_registry_rate_limit_remaining").value(Map.of("registry", from.authority())))
                .isBetween(1.0, 10_000.0);
        assertThat(family("image_mirror_aws_calls_total")
                        .value(Map.of("service", "DynamoDB", "operation", "TransactWriteItems", "result", "ok")))
                .isPositive();
        assertThat(family("image_mirror_copied_bytes_total").value(Map.of())).isPositive();
        assertThat(family("image_mirror_ready").value(Map.of("check", "informer")))
                .isEqualTo(1);
    }

    @Test
    void alarmRulesUseDocumentedMetricsOnly() throws IOException {
        Set<String> names = new TreeSet<>();
        MetricsPage.types().forEach((name, type) -> {
            names.add(name);
            if (type.equals("histogram")) {
                names.addAll(List.of(name + "_bucket", name + "_count", name + "_sum"));
            }
        });
        List<String> used = USED.matcher(Files.readString(ALERTS))
                .results()
                .map(result -> result.group())
                .toList();
        assertThat(used).hasSizeGreaterThan(10);
        assertThat(names).containsAll(used);
    }

    @Test
    void withoutTheWebNothingListens() {
        commands.environment.put("MIRROR_OPERATOR_WEB_ENABLED", "false");
        run = new TestingRun(commands).start();
        assertThat(commands.err()).doesNotContain("dashboard");
    }

    private Family family(String name) {
        return PrometheusText.parse(run.get("/metrics").body()).get(name);
    }

    private void awaitDigest(String source, String digest) {
        await().atMost(LIMIT).untilAsserted(() -> {
            JsonNode pair = run.entry(source).path("pairs").path(0);
            assertThat(pair.path("state").asText()).isEqualTo("InSync");
            assertThat(pair.path("destinationDigest").asText()).isEqualTo(digest);
        });
    }
}
