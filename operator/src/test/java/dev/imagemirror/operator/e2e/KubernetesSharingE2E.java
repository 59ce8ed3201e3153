package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.testing.kubernetes.KubernetesPrograms;
import dev.imagemirror.operator.testing.kubernetes.PolicyText;
import dev.imagemirror.operator.testing.kubernetes.RunningOperator;
import dev.imagemirror.operator.testing.kubernetes.TestingApiServer;
import dev.imagemirror.operator.testing.kubernetes.TestingImages;
import dev.imagemirror.operator.testing.kubernetes.TestingInstallation;
import dev.imagemirror.operator.testing.kubernetes.TestingPolicies;
import dev.imagemirror.operator.testing.kubernetes.TestingRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Who has which row: two namespaces, rows made by hand, two clusters, policies that go, and namespaces with limits. */
class KubernetesSharingE2E {
    private static final int CONFIG = 78;

    @TempDir
    static Path directory;

    @AutoClose
    private static TestingInstallation installation;

    private static TestingPolicies policies;

    private String name;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        installation = TestingInstallation.start(directory);
        policies = installation.policies();
        policies.namespace("team-a");
        policies.namespace("team-b");
        policies.namespace("limited");
        String limits = "limited from %s/open, limited to %s/limited"
                .formatted(
                        installation.source().authority(),
                        installation.destination().authority());
        installation.run(Map.of("MIRROR_OPERATOR_KUBERNETES_LIMITS", limits), "--kubernetes");
    }

    @BeforeEach
    void nameByTest(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    }

    @AfterEach
    void nothingWasForbidden() throws IOException {
        installation.assertNothingWasForbidden();
    }

    @Test
    void twoNamespacesMirrorOneSourceAndADestinationBelongsToOneOfThem() throws IOException, InterruptedException {
        String source = TestingImages.push(installation.source(), name + "/app:1");
        PolicyText one = policy("team-a").mirror(source, to("a:1"));
        PolicyText other = policy("team-b").mirror(source, to("b:1"));
        policies.apply(one);
        policies.apply(other);
        policies.awaitReady(one);
        policies.awaitReady(other);
        assertThat(TestingImages.digest(to("a:1"))).isNotNull().isEqualTo(TestingImages.digest(to("b:1")));

        PolicyText greedy = policy("team-b").mirror(source, to("b:1"), to("a:1"));
        policies.apply(greedy);

        TestingPolicies.soon()
                .untilAsserted(
                        () -> assertThat(policies.condition(greedy, "Ready")).isEqualTo("False DestinationConflict"));
        assertThat(policies.message(greedy, "Degraded")).contains(to("a:1"));
        assertThat(policies.condition(one, "Ready")).isEqualTo("True InSync");

        policies.delete(one);
        TestingPolicies.soon().untilAsserted(() -> assertThat(policies.get(one)).isNull());
        installation.kubectl().check("annotate", "mp", name, "--namespace=team-b", "imagemirror.dev/sync-now=1");
        policies.awaitReady(greedy);
    }

    @Test
    void aRowMadeByHandIsInTheWayUntilItIsAdopted() throws IOException, InterruptedException {
        String source = TestingImages.push(installation.source(), name + "/app:1");
        installation.rows().put(source, to("copy:1"));
        TestingPolicies.soon()
                .untilAsserted(
                        () -> assertThat(TestingImages.digest(to("copy:1"))).isNotNull());
        PolicyText policy = policy("team-a").mirror(source, to("copy:1"));
        policies.apply(policy);
        TestingPolicies.soon()
                .untilAsserted(
                        () -> assertThat(policies.condition(policy, "Ready")).isEqualTo("False RowConflict"));
        assertThat(policies.message(policy, "Ready")).contains("imagemirror.dev/adopt=true");

        policies.apply(policy.annotated("imagemirror.dev/adopt", "true"));

        policies.awaitReady(policy);
        assertThat(installation.rows().all())
                .doesNotContainKey(source)
                .containsKey(source + "#" + TestingInstallation.CLUSTER + "/team-a/" + name);
    }

    @Test
    void aDeletedPolicyTakesItsRowsAndNoImages() throws IOException, InterruptedException {
        PolicyText policy = copied("deletionPolicy: Delete");

        policies.delete(policy);

        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(policies.get(policy)).isNull());
        assertThat(installation.rows().all().keySet()).noneMatch(key -> key.contains(name));
        assertThat(TestingImages.digest(to("copy:1"))).isNotNull();
    }

    @Test
    void anOrphansRowsAreMirroredOnAndCanBeAdopted() throws IOException, InterruptedException {
        PolicyText policy = copied("deletionPolicy: Orphan");
        String key = installation.rows().of("team-a", name).get(0);

        policies.delete(policy);

        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(policies.get(policy)).isNull());
        assertThat(installation.rows().all()).containsKey(key);
        assertThat(TestingRows.text(installation.rows().all().get(key), "ManagedBy"))
                .isNull();

        PolicyText heir = policy("team-b")
                .mirror(installation.source().reference(name + "/app:1"), to("copy:1"))
                .annotated("imagemirror.dev/adopt", "true");
        policies.apply(heir);
        policies.awaitReady(heir);
        assertThat(installation.rows().all()).doesNotContainKey(key);
        assertThat(installation.rows().of("team-b", name)).hasSize(1);
    }

    @Test
    void aLimitedNamespaceNeitherWritesNorReadsBeyondItsLimits() throws IOException, InterruptedException {
        String source = TestingImages.push(installation.source(), "open/app:1");
        String allowed = installation.destination().reference("limited/app:1");
        PolicyText beyond = policy("limited")
                .mirror(source, installation.destination().reference("limited-else/app:1"))
                .mirror(installation.source().reference("secret/app:1"), allowed);
        policies.apply(beyond);
        TestingPolicies.soon()
                .untilAsserted(
                        () -> assertThat(policies.condition(beyond, "Ready")).isEqualTo("False DestinationNotAllowed"));
        assertThat(policies.message(beyond, "Ready"))
                .contains("limited-else/app:1: policies in namespace limited may only write to")
                .contains("secret/app:1: policies in namespace limited may only read from");
        assertThat(installation.rows().of("limited", name)).isEmpty();

        PolicyText within = policy("limited").mirror(source, allowed);
        policies.apply(within);

        policies.awaitReady(within);
        assertThat(TestingImages.digest(allowed)).isNotNull();
    }

    @Test
    void anotherClusterOfTheSameNameIsRefusedWithTheReason() throws IOException, InterruptedException {
        try (TestingApiServer other = TestingApiServer.launch(KubernetesPrograms.require())) {
            Path kubeconfig = TestingInstallation.install(other);
            RunningOperator operator =
                    installation.start(Map.of("KUBECONFIG", kubeconfig.toString()), "--kubernetes-only");

            assertThat(operator.awaitEnd()).isEqualTo(CONFIG);
            assertThat(operator.log())
                    .contains("the cluster name 'prod' is taken by the cluster whose namespace kube-system has uid")
                    .contains(uid(installation.server()), uid(other))
                    .contains("Set kubernetes.cluster to another name");
        }
    }

    private static String uid(TestingApiServer server) throws IOException, InterruptedException {
        return server.kubectl().check("get", "namespace", "kube-system", "--output=jsonpath={.metadata.uid}");
    }

    private PolicyText copied(String setting) throws IOException, InterruptedException {
        String source = TestingImages.push(installation.source(), name + "/app:1");
        PolicyText policy = policy("team-a").with(setting).mirror(source, to("copy:1"));
        policies.apply(policy);
        policies.awaitReady(policy);
        return policy;
    }

    private PolicyText policy(String namespace) {
        return PolicyText.of(namespace, name);
    }

    private String to(String repositoryAndTag) {
        return installation.destination().reference(name + "/" + repositoryAndTag);
    }
}
