package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.operator.testing.kubernetes.PolicyText;
import dev.imagemirror.operator.testing.kubernetes.RunningOperator;
import dev.imagemirror.operator.testing.kubernetes.TableGate;
import dev.imagemirror.operator.testing.kubernetes.TestingImages;
import dev.imagemirror.operator.testing.kubernetes.TestingInstallation;
import dev.imagemirror.operator.testing.kubernetes.TestingPolicies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rights of {@code manifests/base/rbac.yaml} are those that the operator uses: the API server's audit log says so. */
class KubernetesRightsE2E {
    private static final int UNAVAILABLE = 69;

    /** The framework asks for it when it starts, and then patches; see the test of that. */
    private static final Set<String> UNSEEN = Set.of("leases update");

    /** The framework asks which rights it has; everybody may. */
    private static final String EVERYBODYS = "selfsubjectrulesreviews create";

    @TempDir
    Path directory;

    private TestingInstallation installation;
    private TestingPolicies policies;
    private TableGate gate;

    @BeforeEach
    void install() throws IOException, InterruptedException {
        installation = TestingInstallation.start(directory);
        policies = installation.policies();
        gate = new TableGate(installation.rows().endpoint());
    }

    @AfterEach
    void remove() {
        if (installation != null) {
            installation.close();
            gate.close();
        }
    }

    @Test
    void usesExactlyTheGrantedPermissions() throws IOException, InterruptedException {
        installation.run(gate.environment(), "--kubernetes");
        PolicyText policy = PolicyText.of("default", "app")
                .mirror(
                        TestingImages.push(installation.source(), "app:1"),
                        installation.destination().reference("app:1"));
        policies.apply(policy);
        policies.awaitReady(policy);
        policies.apply(policy.with("suspend: true").mirror("127.0.0.1:1/none:1", "127.0.0.1:1/copy:1"));
        TestingPolicies.soon()
                .untilAsserted(
                        () -> assertThat(policies.condition(policy, "Ready")).startsWith("False"));
        policies.apply(policy);
        policies.awaitReady(policy);
        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(policies.events(policy))
                        .as("an event that is counted")
                        .anyMatch(event -> event.getCount() > 1));
        deleteWhileSomebodyEdits(policy);

        Set<String> granted = granted();
        assertThat(granted).containsAll(UNSEEN);
        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(union(used(), UNSEEN)).isEqualTo(union(granted, Set.of(EVERYBODYS))));
        installation.assertNothingWasForbidden();
    }

    @Test
    void withoutTheRightToUpdateItsLeaseTheFrameworkDoesNotStart() throws IOException, InterruptedException {
        installation
                .kubectl()
                .check(
                        "patch",
                        "role",
                        "mirror-operator-leader",
                        "--namespace=image-mirror",
                        "--type=json",
                        "--patch",
                        """
                        [{"op": "test", "path": "/rules/1/resources/0", "value": "leases"},
                         {"op": "replace", "path": "/rules/1/verbs", "value": ["get", "patch"]}]\
                        """);

        RunningOperator operator = installation.start(Map.of(), "--kubernetes");

        assertThat(operator.awaitEnd()).isEqualTo(UNAVAILABLE);
        assertThat(operator.log()).contains("No permission to lease resource").contains("may hold a lease");
    }

    /** The finalizer is taken from a policy that has changed meanwhile, so the framework has to get it anew. */
    private void deleteWhileSomebodyEdits(PolicyText policy) throws IOException, InterruptedException {
        gate.shut("DeleteItem");
        policies.delete(policy);
        TestingPolicies.soon().until(() -> gate.kept() > 0);
        installation.kubectl().check("label", "mp", policy.name(), "--namespace=" + policy.namespace(), "edited=yes");
        gate.open();
        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(policies.get(policy)).isNull());
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private Set<String> used() throws IOException {
        return installation.server().audit().stream()
                .filter(request -> !request.resource().isEmpty())
                .map(request -> request.resource() + " " + request.verb())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Resources and verbs of all rules that the service account's roles have. */
    private Set<String> granted() throws IOException, InterruptedException {
        Set<String> granted = new TreeSet<>();
        for (String role : List.of("clusterrole/mirror-operator", "role/mirror-operator-leader")) {
            JsonNode rules = new ObjectMapper()
                    .readTree(installation.kubectl().check("get", role, "--namespace=image-mirror", "--output=json"))
                    .path("rules");
            rules.forEach(rule -> texts(rule.path("resources"))
                    .forEach(
                            resource -> texts(rule.path("verbs")).forEach(verb -> granted.add(resource + " " + verb))));
        }
        return granted;
    }

    private static Stream<String> texts(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                .map(i -> array.get(i).asText());
    }
}
