package dev.imagemirror.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.engine.LoopListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus's own tool reads the metrics and the alarm rules. */
@Timeout(60)
class PrometheusE2E {
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    @TempDir
    Path directory;

    @BeforeAll
    static void requirePromtool() {
        if (!Files.isExecutable(PROMTOOL)) {
            String message = "not installed: promtool (run .ci/install-peers)";
            assertThat(System.getenv("CI")).as(message).isNull();
            System.out.println("SKIPPED: " + message);
            Assumptions.abort(message);
        }
    }

    @Test
    void metricsAreValidForPrometheus() throws IOException, InterruptedException {
        try (TestingSite site = new TestingSite();
                Metrics metrics = new Metrics()) {
            new TestingFleet(site).everything();
            metrics.observe(site.shown(), site.readiness());
            site.catalog.refresh();
            metrics.passEnded(LoopListener.Outcome.REQUEUED, Duration.ofMillis(3));
            metrics.requested("docker.io", "HEAD", 200);
            metrics.awsCalled("DynamoDB", "Query", true, 1);
            Path scrape = Files.writeString(directory.resolve("metrics"), metrics.scrape());
            String found = promtool(scrape, "check", "metrics");
            assertThat(found.lines().filter(line -> line.contains("image_mirror_")))
                    .isEmpty();
            assertThat(found).doesNotContain("error while");
        }
    }

    @Test
    void theAlarmRulesAreValid() throws IOException, InterruptedException {
        String found = promtool(null, "check", "rules", "../docs/alerts.yaml");
        assertThat(found).contains("SUCCESS: 10 rules found");
    }

    @Test
    void everyAlarmFiresForItsCauseOnly() throws IOException, InterruptedException {
        Path tests = Path.of("src", "test", "resources", "alerts-test.yaml");
        List<String> tested = names(tests, "alertname");
        assertThat(tested).containsAll(names(Path.of("..", "docs", "alerts.yaml"), "alert"));

        assertThat(promtool(null, "test", "rules", tests.toString()))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    private static List<String> names(Path file, String key) throws IOException {
        return Pattern.compile("\\b" + key + ": (\\w+)")
                .matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static String promtool(Path input, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(PROMTOOL.toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        Process promtool = builder.start();
        String found = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        promtool.waitFor();
        return found;
    }
}
