package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.testing.kubernetes.PolicyText;
import dev.imagemirror.operator.testing.kubernetes.RunningOperator;
import dev.imagemirror.operator.testing.kubernetes.TableGate;
import dev.imagemirror.operator.testing.kubernetes.TestingImages;
import dev.imagemirror.operator.testing.kubernetes.TestingInstallation;
import dev.imagemirror.operator.testing.kubernetes.TestingPolicies;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The operator killed (SIGKILL) in each phase and started again, and the API server stopped and started under it. */
class KubernetesRestartE2E {
    private static final int UNAVAILABLE = 69;
    private static final Map<String, String> NO_ELECTION =
            Map.of("MIRROR_OPERATOR_KUBERNETES_LEADER_ELECTION", "false");

    @TempDir
    static Path directory;

    private static TestingInstallation installation;
    private static TestingPolicies policies;
    private static TableGate gate;

    private String name;
    private RunningOperator operator;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        installation = TestingInstallation.start(directory);
        policies = installation.policies();
        policies.namespace("team-a");
        gate = new TableGate(installation.rows().endpoint());
    }

    @AfterAll
    static void remove() {
        if (installation != null) {
            installation.close();
            gate.close();
        }
    }

    @BeforeEach
    void startOperator(TestInfo test) throws IOException, InterruptedException {
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        operator = installation.run(gate.environment(), "--kubernetes");
    }

    @AfterEach
    void stopOperator() throws IOException, InterruptedException {
        gate.open();
        operator.close();
        installation.kubectl().check("delete", "mp", "--all", "--namespace=team-a", "--wait=false");
    }

    @Test
    void killedBeforeItsRowsAreWritten() throws IOException, InterruptedException {
        PolicyText policy = policy(image());
        gate.shut("UpdateItem");
        policies.apply(policy);
        TestingPolicies.soon().until(() -> gate.kept() > 0);
        operator.kill();
        assertThat(policies.get(policy).getMetadata().getFinalizers()).containsExactly("imagemirror.dev/rows");
        assertThat(policies.get(policy).getStatus()).isNull();
        assertThat(installation.rows().of("team-a", name)).isEmpty();
        gate.open();

        startAgain();

        assertCopied(policy);
    }

    @Test
    void killedBetweenItsRowsAndItsStatus() throws IOException, InterruptedException {
        PolicyText policy = policy(image());
        mayWriteStatus(false);
        gate.shut("TransactWriteItems"); // no claim: one whose job was not recorded is waited for longer than a test
        // waits
        policies.apply(policy);
        TestingPolicies.soon().untilAsserted(() -> assertThat(operator.log()).contains("mirrorpolicies/status"));
        operator.kill();
        gate.open();
        mayWriteStatus(true);
        assertThat(policies.get(policy).getStatus()).isNull();
        assertThat(installation.rows().of("team-a", name)).hasSize(1);

        startAgain();

        assertCopied(policy);
    }

    @Test
    void killedWhileACopyRuns() throws IOException, InterruptedException {
        try (TestingRegistry slow = TestingRegistry.start()) {
            String source = dev.imagemirror.testing.image.TestingImages.small(7).putInto(slow, "team/app", "1");
            String reference = slow.reference("team/app", "1");
            slow.fault(stalledDownloads());
            PolicyText policy = PolicyText.of("team-a", name).mirror(reference, to());
            policies.apply(policy);
            TestingPolicies.soon()
                    .untilAsserted(() ->
                            assertThat(policies.condition(policy, "Ready")).isEqualTo("False Copying"));
            TestingPolicies.soon()
                    .until(() -> !slow.requests("GET", ".*/blobs/.*").isEmpty());
            awaitRecordedJob();
            operator.kill();
            assertThat(TestingImages.digest(to())).isNull();
            slow.clearFaults();

            startAgain();

            policies.awaitReady(policy);
            assertThat(TestingImages.digest(to())).asString().isEqualTo(source);
        }
    }

    @Test
    void killedWhileItLetsGoOfADeletedPolicysRows() throws IOException, InterruptedException {
        PolicyText policy = policy(image());
        policies.apply(policy);
        policies.awaitReady(policy);
        gate.shut("DeleteItem");
        policies.delete(policy);
        TestingPolicies.soon().until(() -> gate.kept() > 0);
        operator.kill();
        assertThat(policies.get(policy).getMetadata().getDeletionTimestamp()).isNotNull();
        assertThat(installation.rows().of("team-a", name)).hasSize(1);
        gate.open();

        startAgain();

        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(policies.get(policy)).isNull());
        assertThat(installation.rows().of("team-a", name)).isEmpty();
        assertThat(TestingImages.digest(to())).as("images are never deleted").isNotNull();
    }

    @Test
    void anApiServerThatComesBackFindsTheOperatorAtWorkAndNothingIsLost() throws IOException, InterruptedException {
        operator.close();
        operator = installation.run(NO_ELECTION, "--kubernetes");
        PolicyText policy = policy(image());
        policies.apply(policy);
        policies.awaitReady(policy);
        String key = installation.rows().of("team-a", name).get(0);

        withoutApiServer(() -> {
            installation.rows().remove(key);
            TestingPolicies.soon()
                    .untilAsserted(() -> assertThat(installation.rows().all())
                            .as("put back meanwhile")
                            .containsKey(key));
        });

        PolicyText late = PolicyText.of("team-a", name + "-late").mirror(image(), to() + "-late");
        policies.apply(late);
        policies.awaitReady(late);
        policies.awaitReady(policy);
        assertThat(operator.isAlive()).isTrue();
        assertThat(operator.logLines("watching MirrorPolicies of cluster prod")).hasSize(1);
    }

    @Test
    void aLeaderWithoutAnApiServerEndsAndGoesOnWhenItIsStartedAnew() throws IOException, InterruptedException {
        PolicyText policy = policy(image());
        policies.apply(policy);
        policies.awaitReady(policy);

        withoutApiServer(() -> assertThat(operator.awaitEnd()).isEqualTo(UNAVAILABLE));
        assertThat(operator.log())
                .contains("stopped: lost leadership: another process leads, or the lease could not be renewed");
        startAgain();

        policies.delete(policy);
        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(policies.get(policy)).isNull());
        assertThat(installation.rows().of("team-a", name)).isEmpty();
    }

    /** Something that is done while it is away; it comes back even if that fails, for the tests that follow. */
    private interface Meanwhile {
        void run() throws IOException, InterruptedException;
    }

    private static void withoutApiServer(Meanwhile meanwhile) throws IOException, InterruptedException {
        installation.server().stop();
        try {
            meanwhile.run();
        } finally {
            installation.server().start();
        }
    }

    private static Fault stalledDownloads() {
        return Fault.on("GET", ".*/blobs/.*").always().then(Faults.stall());
    }

    /** Takes the right away, or gives it back as the manifests have it. */
    private static void mayWriteStatus(boolean may) throws IOException, InterruptedException {
        if (may) {
            TestingInstallation.install(installation.server());
        } else {
            installation.kubectl().check("patch", "clusterrole", "mirror-operator", "--type=json", "--patch", """
                [{"op": "test", "path": "/rules/1/resources/0", "value": "mirrorpolicies/status"},
                 {"op": "remove", "path": "/rules/1"}]\
                """);
        }
    }

    /** A claim whose job is not recorded yet is taken over only after a grace, which is longer than a test waits. */
    private void awaitRecordedJob() {
        EntryKey key = new EntryKey(installation.rows().of("team-a", name).get(0));
        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(
                                installation.rows().statuses().load(key).pairs())
                        .anyMatch(pair -> pair.claim() != null && pair.claim().jobId() != null));
    }

    private void startAgain() throws IOException, InterruptedException {
        operator = installation.run(gate.environment(), "--kubernetes");
    }

    private void assertCopied(PolicyText policy) throws IOException, InterruptedException {
        policies.awaitReady(policy);
        assertThat(TestingImages.digest(to()))
                .isNotNull()
                .isEqualTo(TestingImages.digest(installation.source().reference(name + ":1")));
        assertThat(installation.rows().of("team-a", name)).hasSize(1);
    }

    private PolicyText policy(String source) {
        return PolicyText.of("team-a", name).mirror(source, to());
    }

    private String image() throws IOException {
        return TestingImages.push(installation.source(), name + ":1");
    }

    private String to() {
        return installation.destination().reference(name + "/copy:1");
    }
}
