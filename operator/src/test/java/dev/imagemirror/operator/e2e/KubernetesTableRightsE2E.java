package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.e2e.Peers;
import dev.imagemirror.operator.testing.kubernetes.PolicyText;
import dev.imagemirror.operator.testing.kubernetes.TableAction;
import dev.imagemirror.operator.testing.kubernetes.TableGate;
import dev.imagemirror.operator.testing.kubernetes.TestingImages;
import dev.imagemirror.operator.testing.kubernetes.TestingInstallation;
import dev.imagemirror.operator.testing.kubernetes.TestingPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rights in DynamoDB that docs/kubernetes.md names for a front-end without a loop are those that it uses. */
class KubernetesTableRightsE2E {
    private static final Pattern LINE = Pattern.compile("\\| (`dynamodb:.*`) \\| (.*) \\|");

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
        installation.run();
        installation.run(gate.environment(), "--kubernetes-only");
    }

    @AfterEach
    void remove() {
        if (installation != null) {
            installation.close();
            gate.close();
        }
    }

    @Test
    void usesExactlyTheDocumentedPermissions() throws IOException, InterruptedException {
        String source = TestingImages.push(installation.source(), "app:1");
        String destination = installation.destination().reference("app:1");
        installation.rows().put(source, destination);
        TestingPolicies.soon()
                .untilAsserted(
                        () -> assertThat(TestingImages.digest(destination)).isNotNull());
        PolicyText policy = PolicyText.of("default", "app").mirror(source, destination);
        policies.apply(policy.annotated("imagemirror.dev/adopt", "true"));
        policies.awaitReady(policy);
        installation.kubectl().check("annotate", "mp", "app", "imagemirror.dev/sync-now=1");
        policies.apply(policy.with("suspend: true"));
        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(policies.get(policy).getStatus().observedGeneration())
                        .isEqualTo(2));
        policies.delete(policy);
        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(policies.get(policy)).isNull());

        TestingPolicies.soon().untilAsserted(() -> assertThat(gate.actions()).isEqualTo(documented()));
    }

    private static Set<TableAction> documented() throws IOException {
        Set<TableAction> actions = new HashSet<>();
        Matcher line = LINE.matcher(Files.readString(Peers.projectRoot().resolve("docs/kubernetes.md")));
        while (line.find()) {
            for (String action : line.group(1).replace("`", "").split(", ", -1)) {
                String on = line.group(2);
                if (on.equals("both tables")) {
                    actions.add(new TableAction(action, "mirror table"));
                    actions.add(new TableAction(action, "status table"));
                } else {
                    actions.add(new TableAction(action, on.replace("both tables' ", "")));
                }
            }
        }
        return actions;
    }
}
