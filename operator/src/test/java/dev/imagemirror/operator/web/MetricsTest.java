package dev.imagemirror.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.engine.LoopListener;
import dev.imagemirror.operator.port.RegistryHealth;
import dev.imagemirror.operator.testing.TestingRefusal;
import dev.imagemirror.operator.testing.TestingValues;
import dev.imagemirror.operator.web.PrometheusText.Family;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricsTest {
    @AutoClose
    private final TestingSite site = new TestingSite();

    private final TestingFleet fleet = new TestingFleet(site);

    @AutoClose
    private final Metrics metrics = new Metrics();

    @BeforeEach
    void observe() {
        metrics.observe(site.shown(), site.readiness());
    }

    @Test
    void entriesAndPairsAreCountedByStateWithEveryStateThere() {
        fleet.everything();
        site.catalog.refresh();

        Family entries = family("image_mirror_entries");
        assertThat(entries.samples()).hasSize(8);
        assertThat(entries.value(Map.of("state", "Blocked"))).isEqualTo(3);
        assertThat(entries.value(Map.of("state", "InSync"))).isEqualTo(1);
        assertThat(family("image_mirror_pairs").value(Map.of("state", "Blocked")))
                .isEqualTo(2);
        assertThat(family("image_mirror_pairs").value(Map.of("state", "InSync")))
                .isEqualTo(2);
        assertThat(value("image_mirror_jobs_in_flight")).isEqualTo(1);
        assertThat(value("image_mirror_oldest_drift_age_seconds")).isEqualTo(77 * 3600);
    }

    @ParameterizedTest
    @EnumSource(TestingRefusal.class)
    void refusedItemsCountAsUnknown(TestingRefusal refusal) {
        fleet.manyInSync(2);
        refusal.in(site.statuses, site.statuses.pairs().get(0));
        site.catalog.refresh();

        assertThat(family("image_mirror_entries").value(Map.of("state", "Unknown")))
                .isEqualTo(1);
        assertThat(family("image_mirror_entries").value(Map.of("state", "InSync")))
                .isEqualTo(1);
        assertThat(family("image_mirror_pairs").value(Map.of("state", "InSync")))
                .isEqualTo(refusal == TestingRefusal.PAIR ? 1 : 2);
    }

    @Test
    void nothingDriftedMeansNoAge() {
        fleet.manyInSync(2);
        site.catalog.refresh();
        assertThat(value("image_mirror_oldest_drift_age_seconds")).isZero();
        assertThat(family("image_mirror_entries").value(Map.of("state", "Blocked")))
                .isZero();
    }

    @Test
    void passesAndWaitsAreHistograms() {
        metrics.passBegins(Duration.ofMillis(300));
        metrics.passEnded(LoopListener.Outcome.REQUEUED, Duration.ofMillis(40));
        metrics.passEnded(LoopListener.Outcome.FAILED, Duration.ofSeconds(2));

        assertThat(sample("image_mirror_reconcile_seconds", "_count", Map.of("outcome", "requeued")))
                .isEqualTo(1);
        assertThat(sample("image_mirror_reconcile_seconds", "_bucket", Map.of("outcome", "requeued", "le", "0.05")))
                .isEqualTo(1);
        assertThat(sample("image_mirror_reconcile_seconds", "_bucket", Map.of("outcome", "failed", "le", "1.0")))
                .isZero();
        assertThat(sample("image_mirror_queue_wait_seconds", "_sum", Map.of())).isEqualTo(0.3);
        assertThat(value("image_mirror_queue_depth")).isEqualTo(3);
        assertThat(value("image_mirror_queue_oldest_wait_seconds")).isEqualTo(1.5);
    }

    @Test
    void copiesAreCountedByResult() {
        metrics.copyEnded(copy("copied", 1000));
        metrics.copyEnded(copy("copied", 500));
        metrics.copyEnded(copy("failed: AccessDenied", 0));
        metrics.copyEnded(copy("something new", 0));

        Family copies = family("image_mirror_copies_total");
        assertThat(copies.type()).isEqualTo("counter");
        assertThat(copies.value(Map.of("result", "copied"))).isEqualTo(2);
        assertThat(copies.value(Map.of("result", "failed"))).isEqualTo(1);
        assertThat(copies.value(Map.of("result", "unknown"))).isEqualTo(1);
        assertThat(copies.value(Map.of("result", "present"))).isZero();
        assertThat(value("image_mirror_copied_bytes_total")).isEqualTo(1500);
        assertThat(sample("image_mirror_copy_seconds", "_sum", Map.of("result", "copied")))
                .isEqualTo(24);
    }

    @Test
    void requestsAreToldApartByTheTablesRegistriesOnly() {
        fleet.entry("docker.io/library/golang:1.17", PairState.idle(Drift.IN_SYNC));
        site.catalog.refresh();
        metrics.requested("registry-1.docker.io", "HEAD", 200);
        metrics.requested("auth.docker.io", "GET", 200);
        metrics.requested("cdn.example", "GET", 0);
        metrics.requested("docker.io", "BREW", 418);

        Family requests = family("image_mirror_registry_requests_total");
        assertThat(requests.value(Map.of("registry", "docker.io", "method", "HEAD", "status", "200")))
                .isEqualTo(1);
        assertThat(requests.value(Map.of("registry", "other", "method", "GET", "status", "200")))
                .isEqualTo(1);
        assertThat(requests.value(Map.of("registry", "other", "method", "GET", "status", "none")))
                .isEqualTo(1);
        assertThat(requests.value(Map.of("registry", "docker.io", "method", "other", "status", "4xx")))
                .isEqualTo(1);
    }

    @Test
    void labelsStayFewHoweverManyRegistriesMethodsAndStatusesThereAre() {
        for (int i = 0; i < 200; i++) {
            String registry = "registry" + i + ".example";
            fleet.entry(registry + "/a:1", registry + "/b:1", PairState.idle(Drift.IN_SYNC), Duration.ZERO);
        }
        site.catalog.refresh();
        for (int i = 0; i < 200; i++) {
            site.registries.add(new RegistryHealth("registry" + i + ".example", 0, 1, 2, null, i));
            metrics.requested("registry" + i + ".example", "METHOD" + i, 100 + 3 * i);
        }
        Map<String, Family> families = PrometheusText.parse(metrics.scrape());
        for (String name : Set.of(
                "image_mirror_registry_requests_total",
                "image_mirror_registry_errors_total",
                "image_mirror_registry_rate_limit_remaining",
                "image_mirror_registry_cooling_down")) {
            Set<String> registries = families.get(name).samples().keySet().stream()
                    .map(sample -> sample.labels().get("registry"))
                    .collect(Collectors.toSet());
            assertThat(registries).as(name).hasSize(51).contains("other");
        }
        assertThat(families.get("image_mirror_registry_errors_total").value(Map.of("registry", "other")))
                .isEqualTo(2.0 * 150);
    }

    @Test
    void noLabelHasASourceOrADestination() {
        fleet.everything();
        site.catalog.refresh();
        metrics.requested("docker.io", "GET", 200);
        assertThat(metrics.scrape()).doesNotContain("golang", "kafka", "library/", "mirror-");
    }

    @Test
    void registriesShowErrorsHeadroomAndCoolDown() {
        fleet.entry("docker.io/library/golang:1.17", PairState.held(Drift.UNKNOWN, Reason.BACKOFF, "429"));
        site.catalog.refresh();
        site.registries.add(
                new RegistryHealth("docker.io", 0, 10, 3, site.clock.instant().plusSeconds(5), 17));
        assertThat(family("image_mirror_registry_rate_limit_remaining").value(Map.of("registry", "docker.io")))
                .isEqualTo(17);
        assertThat(family("image_mirror_registry_cooling_down").value(Map.of("registry", "docker.io")))
                .isEqualTo(1);
        assertThat(family("image_mirror_registry_errors_total").value(Map.of("registry", "docker.io")))
                .isEqualTo(3);
        site.registries.clear();
        site.registries.add(new RegistryHealth("docker.io", 0, 10, 5, null, -1));
        Map<String, Family> later = PrometheusText.parse(metrics.scrape());
        assertThat(later.get("image_mirror_registry_cooling_down").value(Map.of("registry", "docker.io")))
                .isZero();
        assertThat(later.get("image_mirror_registry_errors_total").value(Map.of("registry", "docker.io")))
                .isEqualTo(5);
        assertThat(later).doesNotContainKey("image_mirror_registry_rate_limit_remaining");
    }

    @Test
    void checksOfReadinessAreShown() {
        site.faults.put("queue", "stuck");
        assertThat(family("image_mirror_ready").value(Map.of("check", "queue"))).isZero();
        assertThat(family("image_mirror_ready").value(Map.of("check", "tables")))
                .isEqualTo(1);
    }

    @Test
    void awsCallsAndTheirThrottlesAreCounted() {
        metrics.awsCalled("DynamoDB Streams", "GetRecords", true, 0);
        metrics.awsCalled("Batch", "SubmitJob", false, 3);
        assertThat(family("image_mirror_aws_calls_total")
                        .value(Map.of("service", "DynamoDBStreams", "operation", "GetRecords", "result", "ok")))
                .isEqualTo(1);
        assertThat(family("image_mirror_aws_throttles_total")
                        .value(Map.of("service", "Batch", "operation", "SubmitJob")))
                .isEqualTo(3);
    }

    private static CopyRecord copy(String outcome, long bytes) {
        return new CopyRecord(
                TestingValues.digest("a"), TestingValues.NOON, "job", outcome, bytes, Duration.ofSeconds(12));
    }

    private Family family(String name) {
        return PrometheusText.parse(metrics.scrape()).get(name);
    }

    private double value(String name) {
        return family(name).value(Map.of());
    }

    private double sample(String family, String suffix, Map<String, String> labels) {
        return new Family(family + suffix, "", family(family).samples()).value(labels);
    }
}
