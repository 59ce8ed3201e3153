package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.testing.kubernetes.PolicyText;
import dev.imagemirror.operator.testing.kubernetes.RunningOperator;
import dev.imagemirror.operator.testing.kubernetes.TestingImages;
import dev.imagemirror.operator.testing.kubernetes.TestingInstallation;
import dev.imagemirror.operator.testing.kubernetes.TestingPolicies;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas: one works on policies, the other stands by, ready, and takes over. */
class KubernetesLeaderE2E {
    private static final String LEADS = "became leader";

    @TempDir
    Path directory;

    @AutoClose("closeHavingBeenForbiddenNothing")
    private TestingInstallation installation;

    private TestingPolicies policies;

    @BeforeEach
    void install() throws IOException, InterruptedException {
        installation = TestingInstallation.start(directory);
        policies = installation.policies();
    }

    @Test
    void standbyTakesOverWhenTheLeaderIsKilled() throws IOException, InterruptedException {
        RunningOperator first = start("mirror-operator-one", "--kubernetes");
        TestingPolicies.soon().until(() -> "mirror-operator-one".equals(policies.leader()));
        RunningOperator second = start("mirror-operator-two", "--kubernetes");
        PolicyText before = policy("before");
        policies.apply(before);
        policies.awaitReady(before);
        assertThat(first.logLines(LEADS)).hasSize(1);
        assertThat(second.logLines(LEADS)).isEmpty();
        assertThat(get(second, "/readyz")).as("it stands by, and is well").isEqualTo(200);
        assertThat(policies.leader()).isEqualTo("mirror-operator-one");

        first.kill();
        PolicyText after = policy("after");
        policies.apply(after);

        policies.awaitReady(after);
        assertThat(policies.leader()).isEqualTo("mirror-operator-two");
        assertThat(second.logLines(LEADS)).hasSize(1);
    }

    @Test
    void aFrontEndAloneHasProbesAndMetrics() throws IOException, InterruptedException {
        RunningOperator operator = start("mirror-operator-one", "--kubernetes-only");

        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(get(operator, "/readyz")).isEqualTo(200));
        assertThat(get(operator, "/healthz")).isEqualTo(200);
        assertThat(get(operator, "/metrics")).isEqualTo(200);
    }

    private RunningOperator start(String pod, String option) throws IOException, InterruptedException {
        return installation.run(Map.of("HOSTNAME", pod), option);
    }

    private PolicyText policy(String name) throws IOException {
        return PolicyText.of("default", name)
                .mirror(
                        TestingImages.push(installation.source(), name + ":1"),
                        installation.destination().reference(name + ":1"));
    }

    private static int get(RunningOperator operator, String path) throws IOException, InterruptedException {
        URI url = operator.url();
        assertThat(url).as("address of the management port").isNotNull();
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url.resolve(path)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
