package dev.imagemirror.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.imagemirror.operator.config.ConfigLoader;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.runtime.Management;
import dev.imagemirror.operator.runtime.TableWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code manifests/} promises and no API server checks; the end-to-end tests install them. */
class ManifestsTest {
    private static final Path MANIFESTS = Path.of("..", "manifests");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final JsonNode deployment = base("deployment.yaml");
    private final JsonNode pod = deployment.at("/spec/template/spec");
    private final JsonNode container = pod.at("/containers/0");
    private final JsonNode podLabels = deployment.at("/spec/template/metadata/labels");

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/eks-irsa", "overlays/eks-pod-identity", "overlays/local"})
    void settingsAreValidNameTheClusterAndMatchTheContainerPort(String directory) throws IOException {
        String settings = Files.readString(MANIFESTS.resolve(directory).resolve("operator.yaml"));

        OperatorConfig config = ConfigLoader.load(settings, Map.of()).config();

        assertThat(config.kubernetes().cluster()).isNotEmpty();
        assertThat(config.web().address()).isEqualTo("0.0.0.0");
        assertThat(config.web().port())
                .isEqualTo(container.at("/ports/0/containerPort").asInt());
    }

    @Test
    void thePodHasNoPrivilegesAndMayWriteOnlyTemporaryFiles() {
        JsonNode context = container.path("securityContext");

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(context.path("privileged").asBoolean(true)).isFalse();
        assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(texts(context.at("/capabilities/drop"))).containsExactly("ALL");
        assertThat(container.path("volumeMounts"))
                .filteredOn(mount -> !mount.path("readOnly").asBoolean())
                .extracting(mount -> mount.path("mountPath").asText())
                .containsExactly("/tmp");
    }

    @ParameterizedTest
    @CsvSource({"startupProbe, /readyz", "readinessProbe, /readyz", "livenessProbe, /healthz"})
    void probesAskTheManagementPort(String probe, String path) {
        assertThat(container.at("/" + probe + "/httpGet/path").asText()).isEqualTo(path);
        assertThat(container.at("/" + probe + "/httpGet/port").asText())
                .isEqualTo(container.at("/ports/0/name").asText());
    }

    @Test
    void aPodIsOutOfTheRotationWithinTenSecondsOfAnOutage() {
        JsonNode probe = container.path("readinessProbe");
        int misses = probe.path("failureThreshold").asInt(3);
        Duration noticed =
                Duration.ofSeconds(misses * probe.path("periodSeconds").asLong(10));

        assertThat(Management.PROBE.plus(TableWatch.PATIENCE).plus(noticed))
                .isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void resourcesAreAskedForAndMemoryIsBounded() {
        assertThat(fields(container.at("/resources/requests"))).contains("cpu", "memory");
        assertThat(fields(container.at("/resources/limits"))).contains("memory");
    }

    @ParameterizedTest
    @CsvSource({
        "network-policy.yaml, /spec/podSelector/matchLabels",
        "disruption-budget.yaml, /spec/selector/matchLabels",
        "service.yaml, /spec/selector",
        "deployment.yaml, /spec/selector/matchLabels"
    })
    void everySelectorMatchesThePod(String file, String selector) {
        assertThat(base(file).at(selector)).isEqualTo(podLabels).isNotEmpty();
    }

    @Test
    void networkPolicyAllowsMonitoringInAndOnlyRequiredTrafficOut() {
        JsonNode policy = base("network-policy.yaml").path("spec");

        assertThat(texts(policy.path("policyTypes"))).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(policy.path("ingress")).allSatisfy(rule -> {
            assertThat(rule.path("from")).isNotEmpty();
            assertThat(rule.path("ports"))
                    .extracting(port -> port.path("port").asText())
                    .containsExactly("http");
        });
        assertThat(policy.path("egress"))
                .allSatisfy(rule -> assertThat(rule.path("ports")).isNotEmpty());
        assertThat(policy.path("egress").findValuesAsText("port")).contains("53", "443", "6443");
    }

    @Test
    void aNodeCanBeDrainedAndNotAllReplicasAtOnce() {
        assertThat(base("disruption-budget.yaml").at("/spec/maxUnavailable").asInt())
                .isEqualTo(1);
    }

    private static JsonNode base(String file) {
        try {
            return YAML.readTree(MANIFESTS.resolve("base").resolve(file).toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
