package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.crds.TestingSpec;
import dev.imagemirror.crds.TestingSpecs;
import dev.imagemirror.operator.testing.kubernetes.Kubectl;
import dev.imagemirror.operator.testing.kubernetes.KubernetesPrograms;
import dev.imagemirror.operator.testing.kubernetes.TestingApiServer;
import dev.imagemirror.operator.testing.kubernetes.TestingInstallation;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server takes and refuses, with the words that it has for it; the list is {@link TestingSpecs}. */
class KubernetesSchemaE2E {
    @AutoClose
    private static TestingApiServer server;

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        server = TestingApiServer.launch(KubernetesPrograms.require());
        TestingInstallation.install(server);
    }

    static List<TestingSpec> refused() {
        return TestingSpecs.refused();
    }

    static List<TestingSpec> accepted() {
        return TestingSpecs.accepted();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aWrongManifestIsRefusedAndTheServerSaysWhy(TestingSpec wrong) throws IOException, InterruptedException {
        String name = "wrong-" + Integer.toHexString(wrong.it().hashCode()); // one that is taken makes no other fail

        Kubectl.Result result = server.kubectl().runWith(wrong.manifest(name), "apply", "--filename=-");

        assertThat(result.exit()).isNotZero();
        assertThat(result.err()).contains(wrong.says());
        assertThat(server.kubectl().run("get", "mp", name).err()).contains("NotFound");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void aRightManifestIsTaken(TestingSpec right) throws IOException, InterruptedException {
        server.kubectl().checkWith(right.manifest("right"), "apply", "--server-side", "--filename=-");

        assertThat(server.kubectl().check("delete", "mp", "right")).contains("deleted");
    }

    @Test
    void defaultsAreFilledIn() throws IOException, InterruptedException {
        server.kubectl().checkWith(TestingSpecs.accepted().get(0).manifest("defaults"), "apply", "--filename=-");

        assertThat(server.kubectl()
                        .check("get", "mp", "defaults", "--output=jsonpath={.spec.deletionPolicy} {.spec.suspend}"))
                .isEqualTo("Delete false");
    }
}
