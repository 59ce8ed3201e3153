package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.testing.kubernetes.Kubectl;
import dev.imagemirror.operator.testing.kubernetes.KubernetesPrograms;
import dev.imagemirror.operator.testing.kubernetes.TestingApiServer;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the other tests on Kubernetes rely on: the API server is a real one, with schemas, RBAC and memory. */
class KubernetesServerE2E {
    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: crates.testing.example}
            spec:
              group: testing.example
              scope: Namespaced
              names: {kind: Crate, plural: crates, singular: crate}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        properties: {bottles: {type: integer, maximum: 24}}
                        x-kubernetes-validations:
                        - {rule: self.bottles % 6 == 0, message: a crate has rows of six}
            """;
    private static final String RIGHTS = """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: reader, namespace: default}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: crate-reader}
            rules:
            - {apiGroups: [testing.example], resources: [crates], verbs: [get, list]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: crate-reader}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: crate-reader}
            subjects:
            - {kind: ServiceAccount, name: reader, namespace: default}
            """;

    @AutoClose
    private static TestingApiServer server;

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        server = TestingApiServer.launch(KubernetesPrograms.require());
        apply(server.kubectl(), DEFINITION);
        server.kubectl().check("wait", "--for=condition=Established", "--timeout=60s", "crd/crates.testing.example");
        apply(server.kubectl(), RIGHTS);
    }

    @Test
    void anObjectOutlivesARestartOfTheServer() throws IOException, InterruptedException {
        apply(server.kubectl(), crate("kept", 12));

        server.restart();

        assertThat(server.kubectl().check("get", "crate", "kept", "--output=jsonpath={.spec.bottles}"))
                .isEqualTo("12");
    }

    @Test
    void theSchemaAndItsRulesRefuseWhatIsWrong() throws IOException, InterruptedException {
        assertThat(server.kubectl().runWith(crate("large", 30), "apply", "--filename=-"))
                .satisfies(result -> assertThat(result.exit()).isNotZero())
                .satisfies(result -> assertThat(result.err()).contains("should be less than or equal to 24"));
        assertThat(server.kubectl().runWith(crate("uneven", 7), "apply", "--filename=-"))
                .satisfies(result -> assertThat(result.exit()).isNotZero())
                .satisfies(result -> assertThat(result.err()).contains("a crate has rows of six"));
    }

    @Test
    void aServiceAccountMayDoWhatItsRoleAllowsAndNoMore() throws IOException, InterruptedException {
        apply(server.kubectl(), crate("guarded", 6));
        Kubectl reader = server.kubectl(server.serviceAccountToken("default", "reader"));

        assertThat(reader.check("get", "crates", "--output=name")).contains("crate.testing.example/guarded");
        assertThat(reader.run("delete", "crate", "guarded"))
                .satisfies(result -> assertThat(result.exit()).isNotZero())
                .satisfies(result -> assertThat(result.err())
                        .contains("Forbidden")
                        .contains("system:serviceaccount:default:reader"));
        assertThat(server.kubectl().check("get", "crate", "guarded", "--output=name"))
                .isNotBlank();
    }

    @Test
    void aStrangersTokenIsRefused() throws IOException, InterruptedException {
        Kubectl stranger = server.kubectl("no-such-token");

        assertThat(stranger.run("get", "crates"))
                .satisfies(result -> assertThat(result.exit()).isNotZero())
                .satisfies(result -> assertThat(result.err()).contains("You must be logged in to the server"));
    }

    private static void apply(Kubectl kubectl, String manifest) throws IOException, InterruptedException {
        kubectl.checkWith(manifest, "apply", "--server-side", "--filename=-");
    }

    private static String crate(String name, int bottles) {
        return """
                apiVersion: testing.example/v1
                kind: Crate
                metadata: {name: %s, namespace: default}
                spec: {bottles: %d}
                """.formatted(name, bottles);
    }
}
