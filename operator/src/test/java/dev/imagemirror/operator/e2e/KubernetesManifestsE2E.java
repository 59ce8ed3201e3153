package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.e2e.Peers;
import dev.imagemirror.operator.testing.kubernetes.Kubectl;
import dev.imagemirror.operator.testing.kubernetes.KubernetesPrograms;
import dev.imagemirror.operator.testing.kubernetes.TestingApiServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kubectl apply -k}, as docs/kubernetes.md has it, on a server that validates all of it. */
class KubernetesManifestsE2E {
    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private static TestingApiServer server;

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        server = TestingApiServer.launch(KubernetesPrograms.require());
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/eks-irsa", "overlays/eks-pod-identity", "overlays/local"})
    void oneCommandInstallsEverything(String directory) throws IOException, InterruptedException {
        String kustomization = kustomization(directory);
        List<String> applied = kubectl()
                .check("apply", "--kustomize=" + kustomization, "--output=name")
                .lines()
                .toList();

        List<String> found = kubectl()
                .check("get", "--kustomize=" + kustomization, "--output=name")
                .lines()
                .toList();
        assertThat(applied)
                .contains(
                        "namespace/image-mirror",
                        "customresourcedefinition.apiextensions.k8s.io/mirrorpolicies.imagemirror.dev",
                        "deployment.apps/mirror-operator",
                        "networkpolicy.networking.k8s.io/mirror-operator",
                        "poddisruptionbudget.policy/mirror-operator")
                .containsExactlyInAnyOrderElementsOf(found);
        assertThat(kubectl().check("diff", "--kustomize=" + kustomization))
                .as("applied a second time, nothing would change")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/eks-irsa", "overlays/eks-pod-identity", "overlays/local"})
    void itsPodIsAdmittedWhereOnlyRestrictedPodsAre(String directory) throws IOException, InterruptedException {
        kubectl().check("apply", "--kustomize=" + kustomization(directory));
        ObjectNode pod = pod();

        assertThat(kubectl().runWith(pod.toString(), "create", "--dry-run=server", "--filename=-"))
                .satisfies(result -> assertThat(result.err()).isEmpty())
                .satisfies(result -> assertThat(result.exit()).isZero());

        ((ObjectNode) pod.at("/spec/containers/0/securityContext")).put("allowPrivilegeEscalation", true);
        assertThat(kubectl().runWith(pod.toString(), "create", "--dry-run=server", "--filename=-"))
                .satisfies(result -> assertThat(result.exit()).isNotZero())
                .satisfies(result -> assertThat(result.err()).contains("violates PodSecurity \"restricted"));
    }

    @ParameterizedTest
    @CsvSource({
        "yes, get namespaces/kube-system, kube-system",
        "no, get namespaces/default, default",
        "no, list namespaces, default",
        "yes, patch mirrorpolicies.imagemirror.dev/status, default",
        "no, update mirrorpolicies.imagemirror.dev, default",
        "no, create mirrorpolicies.imagemirror.dev, default",
        "no, delete mirrorpolicies.imagemirror.dev, default",
        "no, list events, default",
        "no, get secrets, default",
        "no, list secrets, image-mirror",
        "no, get configmaps, image-mirror",
        "yes, patch leases.coordination.k8s.io/mirror-operator, image-mirror",
        "no, patch leases.coordination.k8s.io/another, image-mirror",
        "no, create leases.coordination.k8s.io, default"
    })
    void theOperatorMayDoWhatItNeedsAndNoMore(String answer, String what, String namespace)
            throws IOException, InterruptedException {
        kubectl().check("apply", "--kustomize=" + kustomization("base"));

        assertThat(mayI("system:serviceaccount:image-mirror:mirror-operator", what, namespace))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "yes, viewer, list",
        "no, viewer, create",
        "no, viewer, patch",
        "yes, editor, create",
        "yes, editor, delete",
        "no, editor, create --subresource=status"
    })
    void thereAreRolesForPeopleWhoMayViewOrEditPolicies(String answer, String role, String verb)
            throws IOException, InterruptedException {
        kubectl().check("apply", "--kustomize=" + kustomization("base"));
        String binding = "rolebinding/" + role;
        kubectl().check("delete", binding, "--ignore-not-found");
        kubectl().check("create", "rolebinding", role, "--clusterrole=mirrorpolicy-" + role, "--user=jane-" + role);

        assertThat(mayI("jane-" + role, verb.replaceFirst("( |$)", " mirrorpolicies.imagemirror.dev$1"), "default"))
                .isEqualTo(answer);
    }

    /** Who may view or edit a namespace may do so with policies: a controller, which does not run here, adds up the roles. */
    @Test
    void theRolesForPeopleAreAddedToThoseThatEveryClusterHas() throws IOException, InterruptedException {
        kubectl().check("apply", "--kustomize=" + kustomization("base"));

        assertThat(kubectl()
                        .check("get", "clusterrole", "-l=rbac.authorization.k8s.io/aggregate-to-view=true", "-o=name"))
                .contains("/mirrorpolicy-viewer")
                .doesNotContain("/mirrorpolicy-editor");
        assertThat(kubectl()
                        .check("get", "clusterrole", "-l=rbac.authorization.k8s.io/aggregate-to-edit=true", "-o=name"))
                .contains("/mirrorpolicy-viewer", "/mirrorpolicy-editor");
    }

    @Test
    void theOverlaysSayWhereCredentialsComeFrom() throws IOException, InterruptedException {
        kubectl().check("apply", "--kustomize=" + kustomization("overlays/eks-irsa"));
        String role = get("serviceaccount", "mirror-operator")
                .at("/metadata/annotations/eks.amazonaws.com~1role-arn")
                .asText();
        assertThat(role).startsWith("arn:aws:iam::");

        kubectl().check("apply", "--kustomize=" + kustomization("overlays/local"));
        assertThat(get("deployment", "mirror-operator")
                        .at("/spec/template/spec/containers/0/env")
                        .findValuesAsText("name"))
                .contains("AWS_ENDPOINT_URL", "DOCKER_CONFIG");
    }

    @Test
    void whatKubectlExplainShowsSaysWhatEachFieldIsFor() throws IOException, InterruptedException {
        kubectl().check("apply", "--kustomize=" + kustomization("base"));
        kubectl().check("wait", "--for=condition=Established", "--timeout=60s", "crd/mirrorpolicies.imagemirror.dev");
        kubectl().check("get", "mp"); // explain believes a list of resources that is ten minutes old

        assertThat(kubectl().check("explain", "mp.spec.mirrors.minAge")).contains("minAge <string>");
        assertThat(kubectl().check("explain", "mp.spec.deletionPolicy"))
                .containsPattern("ENUM:\\s+Delete\\s+Orphan")
                .containsPattern("Images are\\s+never deleted");
    }

    private static String mayI(String user, String what, String namespace) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("auth", "can-i", "--as=" + user, "--namespace=" + namespace));
        command.addAll(List.of(what.split(" ")));
        return kubectl().run(command.toArray(new String[0])).out().strip();
    }

    /** The pod that the deployment's controller would make. */
    private static ObjectNode pod() throws IOException, InterruptedException {
        JsonNode template = get("deployment", "mirror-operator").at("/spec/template");
        ObjectNode pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata").put("name", "mirror-operator-0").put("namespace", "image-mirror");
        pod.set("spec", template.path("spec"));
        return pod;
    }

    private static JsonNode get(String kind, String name) throws IOException, InterruptedException {
        return JSON.readTree(kubectl().check("get", kind, name, "--namespace=image-mirror", "--output=json"));
    }

    private static Kubectl kubectl() {
        return server.kubectl();
    }

    private static String kustomization(String directory) {
        return Peers.projectRoot().resolve("manifests").resolve(directory).toString();
    }
}
