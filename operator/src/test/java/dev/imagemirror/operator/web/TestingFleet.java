package dev.imagemirror.operator.web;

import static dev.imagemirror.operator.testing.TestingValues.digest;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Retry;
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.port.JobProgress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Fills a site's tables with entries and pairs in chosen states. */
final class TestingFleet {
    private static final String DESTINATION = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/";
    private static final PairState IN_SYNC = PairState.idle(Drift.IN_SYNC);

    private final TestingSite site;

    TestingFleet(TestingSite site) {
        this.site = site;
    }

    /** An entry with a pair in this state; its destination is made of the source. */
    void entry(String source, PairState state) {
        entry(source, DESTINATION + path(source), state, Duration.ofMinutes(90));
    }

    /** @param age for how long the pair has been so */
    void entry(String source, String destination, PairState state, Duration age) {
        site.mirrors.row(source, Map.of("Destination", destination, "Interval", "15m"));
        pair(source, destination, state, age);
        summary(source, List.of());
    }

    /** One more pair of an entry. */
    void pair(String source, String destination, PairState state, Duration age) {
        Instant now = site.clock.instant();
        EntryKey key = new EntryKey(source);
        ImageReference from = ImageReference.parse(key.reference()).withDefaultTag();
        ImageReference to = ImageReference.parse(destination).withDefaultTag();
        Claim claim = state.phase() == dev.imagemirror.operator.domain.Phase.COPYING ? claim(from, to, now) : null;
        boolean isEqual = state.drift() == Drift.IN_SYNC;
        site.statuses.set(new PairStatus(
                key,
                new Pair(from, to),
                state,
                new PairStatus.Seen(digest("new"), isEqual ? digest("new") : digest("old")),
                new PairStatus.Times(now.minusSeconds(40), now.minus(age), now.minus(age)),
                new PairStatus.Progress(claim, Retry.NONE, List.of()),
                1));
    }

    /** What the pair's copies moved, the latest first. */
    void history(String source, String destination, CopyRecord... copies) {
        PairStatus pair = site.statuses.pair(
                source, ImageReference.parse(destination).withDefaultTag().toString());
        site.statuses.set(pair.with(new PairStatus.Progress(pair.claim(), Retry.NONE, List.of(copies))));
    }

    CopyRecord copy(String outcome, long bytes, Duration took, Duration ago) {
        return new CopyRecord(
                digest("new"), site.clock.instant().minus(ago), "job-" + ago.toSeconds(), outcome, bytes, took);
    }

    /** The entry's summary, looked at a moment ago. */
    void summary(String source, List<String> problems) {
        EntryKey key = new EntryKey(source);
        EntryStatus known = site.statuses.entry(source);
        EntryStatus.Summary summary =
                new EntryStatus.Summary(EntryStatus.RowSeen.NONE, problems.isEmpty(), StateCounts.NONE, problems, "");
        site.statuses.write(new EntryStatus(
                key, summary, Map.of(), site.clock.instant().minusSeconds(40), known == null ? 0 : known.version()));
    }

    /** So many entries in sync. */
    void manyInSync(int count) {
        for (int i = 0; i < count; i++) {
            entry(String.format("docker.io/library/image-%04d:1.%d", i, i % 17), IN_SYNC);
        }
    }

    /** An entry in each state, with jobs, copies and registries, as on a busy day. */
    void everything() {
        entry("docker.io/library/golang:1.17", IN_SYNC);
        entry("docker.io/library/postgres:16.2", PairState.copying(Drift.STALE, "job mirror-2f: copies"));
        entry("quay.io/prometheus/node-exporter:v1.8.0", PairState.idle(Drift.MISSING));
        entry("ghcr.io/fluxcd/source-controller:v1.2.4", PairState.idle(Drift.STALE));
        entry(
                "registry.k8s.io/pause:3.9",
                PairState.held(Drift.UNKNOWN, Reason.BACKOFF, "registry.k8s.io/pause:3.9 cannot be checked: time-out"));
        entry(
                "docker.io/library/nginx:1.25",
                PairState.held(Drift.STALE, Reason.QUARANTINED, "copied on 2026-03-02 if the tag keeps its digest"));
        entry("docker.io/library/redis:7", PairState.held(Drift.STALE, Reason.SUSPENDED, "the entry is suspended"));
        blocked();
        entry("docker.io/grafana/grafana:11.0.0#prod/monitoring/grafana", IN_SYNC);
        pair(
                "docker.io/grafana/grafana:11.0.0#prod/monitoring/grafana",
                "registry.example.com:5000/mirror/grafana:11.0.0",
                PairState.idle(Drift.MISSING),
                Duration.ofMinutes(3));
    }

    /** What is known of the job that {@link #everything} has in flight: so much done of so much. */
    Optional<JobProgress> runningJob(long done, long all) {
        Instant now = site.clock.instant();
        return site.statuses.pairs().stream()
                .map(PairStatus::claim)
                .filter(Objects::nonNull)
                .findFirst()
                .map(claim -> new CopyJob(
                        claim.jobId(),
                        claim.jobName(),
                        CopyJob.State.RUNNING,
                        "copies",
                        now.minusSeconds(70),
                        now.minusSeconds(64),
                        null,
                        URI.create("https://eu-central-1.console.aws.amazon.com/cloudwatch/home#logsV2:log-groups")))
                .map(job -> new JobProgress(job, 14, 6, all, done, 1, 0));
    }

    private void blocked() {
        entry(
                "docker.io/bitnami/kafka:3.6",
                DESTINATION + "bitnami/kafka:3.6",
                PairState.held(
                        Drift.STALE,
                        Reason.IMMUTABLE_TAG,
                        "the registry answered 400 to the manifest: the tag '3.6' is immutable"),
                Duration.ofHours(77));
        entry(
                "docker.io/acme/private:2",
                DESTINATION + "acme/private:2",
                PairState.held(
                        Drift.UNKNOWN, Reason.ACCESS_DENIED, "docker.io answered 401 for acme/private: no credentials"),
                Duration.ofMinutes(25));
        site.mirrors.row("UPPER/case:1", "also bad");
        summary("UPPER/case:1", List.of("Source: 'UPPER/case:1' has upper-case letters; write upper/case:1"));
    }

    private static Claim claim(ImageReference from, ImageReference to, Instant now) {
        CopyJobSpec job = new CopyJobSpec(
                "local",
                "mirror",
                Map.of(CopyJobSpec.SOURCE, from.toString(), CopyJobSpec.DESTINATIONS, to.toString()),
                Map.of("TOKEN", "s3cret-in-environment"),
                900);
        String id = Integer.toHexString(from.hashCode());
        return new Claim(id, "operator-1", 1, now.minusSeconds(75), digest("new"), job, "mirror-" + id + "-1");
    }

    private static String path(String source) {
        String image = new EntryKey(source).reference();
        return image.substring(image.indexOf('/') + 1);
    }
}
