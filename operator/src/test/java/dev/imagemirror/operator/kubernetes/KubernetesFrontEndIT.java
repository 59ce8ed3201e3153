package dev.imagemirror.operator.kubernetes;

import static dev.imagemirror.operator.kubernetes.PolicyScene.TEAM;
import static dev.imagemirror.operator.kubernetes.PolicyScene.key;
import static dev.imagemirror.operator.kubernetes.PolicyScene.mirror;
import static dev.imagemirror.operator.kubernetes.PolicyScene.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.crds.Condition;
import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.crds.MirrorPolicyStatus;
import dev.imagemirror.crds.PairCounts;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.testing.TestingCluster;
import dev.imagemirror.operator.testing.TestingClusterNames;
import dev.imagemirror.operator.testing.TestingRowAdoption;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The framework in this process, against a mock of an API server; the tables are in memory, and followed when told to. */
@Timeout(120)
class KubernetesFrontEndIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String GOLANG = "docker.io/library/golang:1.17";

    @AutoClose
    private final TestingCluster cluster = new TestingCluster().allowLeases();

    private final PolicyScene scene = new PolicyScene();
    private final TestingClusterNames names = new TestingClusterNames();
    private final List<String> ends = new CopyOnWriteArrayList<>();

    @AutoClose
    private KubernetesFrontEnd frontEnd;

    @Test
    void aPolicyBecomesRowsAndItsStatusFollowsTheStatusTable() {
        start();
        cluster.create(policy("images", mirror("golang:1.17", "x.example/go")));

        await().atMost(LIMIT).until(() -> scene.table().containsKey(key(GOLANG, "images")));
        awaitReady("images", Condition.Status.FALSE, "Pending");
        scene.loopLeaves(PairState.idle(Drift.IN_SYNC));
        awaitReady("images", Condition.Status.TRUE, "InSync");
        cluster.editSpec(
                TEAM,
                "images",
                policy -> policy.setSpec(
                        policy("x", mirror("alpine:3", "x.example/a")).getSpec()));
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(scene.table()).containsOnlyKeys(key("docker.io/library/alpine:3", "images")));
        awaitReady("images", Condition.Status.FALSE, "Pending");
        assertThat(cluster.policy(TEAM, "images").getStatus().observedGeneration())
                .isEqualTo(2);
        assertThat(frontEnd.isReady()).isTrue();
    }

    @Test
    void manuallyRemovedRowIsRestoredOnceTheChangeFeedReportsIt() {
        start();
        cluster.create(policy("images", mirror("golang:1.17", "x.example/go")));
        await().atMost(LIMIT).until(() -> scene.table().containsKey(key(GOLANG, "images")));

        scene.mirrors.removeRow(key(GOLANG, "images"));
        scene.follow();

        await().atMost(LIMIT).until(() -> scene.table().containsKey(key(GOLANG, "images")));
    }

    @Test
    void unchangedStatusIsNotWritten() {
        start();
        cluster.create(policy("images", mirror("golang:1.17", "x.example/go")));
        awaitReady("images", Condition.Status.FALSE, "Pending");
        scene.loopLeaves(PairState.idle(Drift.IN_SYNC));
        awaitReady("images", Condition.Status.TRUE, "InSync");
        String version = version("images");

        scene.clock.advance(Duration.ofHours(1));
        scene.loopLeaves(PairState.idle(Drift.IN_SYNC));
        cluster.edit(TEAM, "images", PolicyScene::touch);
        await().atMost(LIMIT).until(() -> scene.mirrors.request(key(GOLANG, "images")) != null);
        String edited = version("images");

        assertThat(edited).isNotEqualTo(version);
        await().during(Duration.ofSeconds(1))
                .atMost(LIMIT)
                .until(() -> version("images").equals(edited));
    }

    @Test
    void manuallyEditedStatusIsCorrectedByTheNextPass() {
        start(settings(List.of(), FrontEndSettings.Election.NONE, Duration.ofSeconds(1)));
        cluster.create(policy("images", mirror("golang:1.17", "x.example/go")));
        awaitReady("images", Condition.Status.FALSE, "Pending");

        cluster.edit(
                TEAM,
                "images",
                policy -> policy.setStatus(MirrorPolicyStatus.of(
                        1,
                        9,
                        new PairCounts(9, 9, 0, 0, 0, 0, 0),
                        policy.getStatus().conditions(),
                        List.of())));

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                cluster.policy(TEAM, "images").getStatus().entries())
                        .isEqualTo(1));
    }

    /** The bound grows with the time that it takes, so a slow machine passes too. */
    @Test
    void statusIsWrittenAFewTimesInThreeSecondsHoweverOftenPairsChange() {
        start();
        cluster.create(policy("images", mirror("golang:1.17", "x.example/go")));
        awaitReady("images", Condition.Status.FALSE, "Pending");
        long first = Long.parseLong(version("images"));
        long begin = System.nanoTime();
        AtomicInteger looks = new AtomicInteger();

        await().atMost(LIMIT)
                .during(Duration.ofSeconds(4))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    scene.loopLeaves(PairState.idle(looks.getAndIncrement() % 2 == 0 ? Drift.MISSING : Drift.STALE));
                    return true;
                });
        scene.loopLeaves(PairState.idle(Drift.IN_SYNC));
        awaitReady("images", Condition.Status.TRUE, "InSync");

        long periods = Duration.ofNanos(System.nanoTime() - begin).toSeconds() / 3 + 2;
        assertThat(Long.parseLong(version("images")) - first).isBetween(1L, 4 * periods);
    }

    @Test
    void theAnnotationAsksForAPassOverEveryRow() {
        start();
        cluster.create(policy("images", mirror("golang:1.17", "x.example/go")));
        awaitReady("images", Condition.Status.FALSE, "Pending");

        cluster.edit(
                TEAM,
                "images",
                policy -> policy.getMetadata().setAnnotations(Map.of("imagemirror.dev/sync-now", "10:00")));

        await().atMost(LIMIT).until(() -> "10:00".equals(scene.mirrors.request(key(GOLANG, "images"))));
    }

    @Test
    void aDeletedPolicyGoesOnceItsRowsAreGone() {
        start();
        cluster.create(policy("images", mirror("golang:1.17", "x.example/go")));
        awaitReady("images", Condition.Status.FALSE, "Pending");
        assertThat(cluster.policy(TEAM, "images").getMetadata().getFinalizers())
                .containsExactly("imagemirror.dev/rows");

        cluster.delete(TEAM, "images");

        await().atMost(LIMIT).until(() -> cluster.policy(TEAM, "images") == null);
        assertThat(scene.table()).isEmpty();
    }

    @Test
    void aDeletedPolicyWaitsWhileTheTablesAreOutOfReachAndSaysSo() {
        start();
        cluster.create(policy("images", mirror("golang:1.17", "x.example/go")));
        awaitReady("images", Condition.Status.FALSE, "Pending");
        tablesAreAway();

        cluster.delete(TEAM, "images");

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(condition("images", "Degraded").message())
                        .contains("the policy will be deleted once its rows can be released"));
        assertThat(scene.table()).hasSize(1);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(events()) // an event follows the status
                        .extracting(Event::getReason)
                        .contains("TableUnreachable"));
        scene.follow();
        await().atMost(LIMIT).until(() -> cluster.policy(TEAM, "images") == null);
        assertThat(scene.table()).isEmpty();
    }

    @Test
    void everyPolicyReportsUnreachableTablesAndRecoversAfterwards() {
        start();
        cluster.create(policy("one", mirror("golang:1.17", "x.example/go")));
        cluster.create(policy("two", mirror("alpine:3", "x.example/alpine")));
        awaitReady("one", Condition.Status.FALSE, "Pending");
        awaitReady("two", Condition.Status.FALSE, "Pending");

        tablesAreAway();
        awaitReady("one", Condition.Status.UNKNOWN, "TableUnreachable");
        awaitReady("two", Condition.Status.UNKNOWN, "TableUnreachable");
        scene.follow();
        awaitReady("one", Condition.Status.FALSE, "Pending");
        awaitReady("two", Condition.Status.FALSE, "Pending");
    }

    @Test
    void repeatedOccurrencesAreCountedInOneEvent() {
        start();
        cluster.create(policy("images", mirror("golang:1.17", "x.example/go")));
        awaitReady("images", Condition.Status.FALSE, "Pending");
        PairState denied = PairState.held(Drift.MISSING, Reason.ACCESS_DENIED, "denied; grant it");
        for (int i = 0; i < 3; i++) {
            scene.loopLeaves(denied);
            awaitReady("images", Condition.Status.FALSE, "AccessDenied");
            scene.loopLeaves(PairState.idle(Drift.IN_SYNC));
            awaitReady("images", Condition.Status.TRUE, "InSync");
        }

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(events()) // an event follows the status
                        .filteredOn(event -> event.getReason().equals("Ready"))
                        .singleElement()
                        .satisfies(event -> assertThat(event.getCount()).isEqualTo(3)));
        assertThat(events())
                .filteredOn(event -> event.getReason().equals("AccessDenied"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getType()).isEqualTo("Warning");
                    assertThat(event.getCount()).isEqualTo(3);
                    assertThat(event.getMessage()).contains("x.example/go:1.17", "grant it");
                    assertThat(event.getInvolvedObject().getName()).isEqualTo("images");
                });
    }

    @Test
    void restartedProcessContinuesFromTheExistingState() {
        start();
        cluster.create(policy("images", mirror("golang:1.17", "x.example/go"), mirror("alpine:3", "x.example/a")));
        awaitReady("images", Condition.Status.FALSE, "Pending");
        frontEnd.close();
        scene.mirrors.removeRow(key(GOLANG, "images"));
        scene.follow();
        cluster.delete(TEAM, "images");

        start();

        await().atMost(LIMIT).until(() -> cluster.policy(TEAM, "images") == null);
        assertThat(scene.table()).isEmpty();
    }

    @Test
    void aClusterWhoseNameAnotherHasDoesNotStart() {
        names.claim(PolicyScene.CLUSTER, "uid-of-another");

        FrontEndException error = catchThrowableOfType(FrontEndException.class, this::start);

        assertThat(error.isLasting()).isTrue();
        assertThat(error)
                .hasMessageContaining("'prod'")
                .hasMessageContaining(cluster.uid())
                .hasMessageContaining("uid-of-another");
    }

    @Test
    void policiesOfOtherNamespacesThanThoseToFollowAreLeftAlone() {
        start(settings(List.of("team-b"), FrontEndSettings.Election.NONE));
        cluster.create(policy("images", mirror("golang:1.17", "x.example/a")));
        cluster.create(policy("team-b", "images", mirror("golang:1.17", "x.example/b")));

        await().atMost(LIMIT).until(() -> !scene.table().isEmpty());
        assertThat(scene.table()).containsOnlyKeys(GOLANG + "#prod/team-b/images");
        assertThat(cluster.policy(TEAM, "images").getMetadata().getFinalizers()).isEmpty();
    }

    @Test
    void onlyTheLeaderReconcilesAndExitsWhenItLosesTheLease() {
        start(settings(List.of(), new FrontEndSettings.Election(true, "operators")));
        cluster.create(policy("images", mirror("golang:1.17", "x.example/go")));
        await().atMost(LIMIT).until(() -> !scene.table().isEmpty());
        assertThat(frontEnd.isReady()).isTrue();
        assertThat(ends).isEmpty();

        // another process has it now
        cluster.client()
                .resources(Lease.class)
                .inNamespace("operators")
                .withName(KubernetesFrontEnd.NAME)
                .edit(lease -> {
                    lease.getSpec().setHolderIdentity("another");
                    lease.getSpec().setRenewTime(java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC));
                    return lease;
                });

        await().atMost(Duration.ofSeconds(60)).until(() -> !ends.isEmpty());
        assertThat(ends.get(0)).contains("lease");
    }

    private void start() {
        start(settings(List.of(), FrontEndSettings.Election.NONE));
    }

    private void start(FrontEndSettings settings) {
        scene.follow();
        frontEnd = new KubernetesFrontEnd(
                cluster.newClient(),
                settings,
                new KubernetesFrontEnd.Tables(
                        scene.mirrors, new TestingRowAdoption(scene.mirrors, scene.statuses), names, scene.catalog),
                scene.clock,
                ends::add);
        frontEnd.start();
    }

    private static FrontEndSettings settings(List<String> namespaces, FrontEndSettings.Election election) {
        return settings(namespaces, election, Duration.ofMinutes(10));
    }

    private static FrontEndSettings settings(
            List<String> namespaces, FrontEndSettings.Election election, Duration resync) {
        return new FrontEndSettings(
                PolicyScene.CLUSTER,
                namespaces,
                NamespaceLimits.NONE,
                new FrontEndSettings.Times(resync, Duration.ofSeconds(1)),
                election,
                false);
    }

    /** The next attempt to read the tables fails, and so it stays until {@link PolicyScene#follow}. */
    private void tablesAreAway() {
        scene.mirrors.failures().failRead(1);
        scene.catalog.lost();
        try {
            scene.catalog.refresh();
        } catch (dev.imagemirror.operator.port.PortException e) {
            assertThat(scene.catalog.failure()).isNotNull();
        }
    }

    private void awaitReady(String name, Condition.Status status, String reason) {
        await().atMost(LIMIT).untilAsserted(() -> {
            Condition ready = condition(name, "Ready");
            assertThat(ready.status() + " " + ready.reason()).isEqualTo(status + " " + reason);
        });
    }

    private Condition condition(String name, String type) {
        MirrorPolicy policy = cluster.policy(TEAM, name);
        Condition condition = PolicyStatusFactory.condition(policy.getStatus(), type);
        assertThat(condition).isNotNull();
        return condition;
    }

    private String version(String name) {
        return cluster.policy(TEAM, name).getMetadata().getResourceVersion();
    }

    private List<Event> events() {
        return cluster.events(TEAM);
    }
}
