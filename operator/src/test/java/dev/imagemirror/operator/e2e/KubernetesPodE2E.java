package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.operator.testing.kubernetes.RunningOperator;
import dev.imagemirror.operator.testing.kubernetes.TestingInstallation;
import dev.imagemirror.operator.testing.kubernetes.TestingPolicies;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pod of {@code manifests/base} as a process, since nothing runs pods here: its arguments, its settings, its probes. */
class KubernetesPodE2E {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @AutoClose("closeHavingBeenForbiddenNothing")
    private TestingInstallation installation;

    @BeforeEach
    void install() throws IOException, InterruptedException {
        installation = TestingInstallation.start(directory);
    }

    @Test
    void thePodsCommandRunsWithItsSettingsAndAnswersItsProbes() throws IOException, InterruptedException {
        JsonNode pod = get("deployment", "mirror-operator").at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        List<String> arguments = arguments(pod, container);
        assertThat(arguments.remove(0)).isEqualTo("run");

        RunningOperator operator = installation.run(Map.of(), arguments.toArray(new String[0]));

        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            String path = container.at("/" + probe + "/httpGet/path").asText();
            TestingPolicies.soon()
                    .untilAsserted(() -> assertThat(status(operator, path))
                            .as(probe + " " + path)
                            .isEqualTo(200));
        }
        assertThat(operator.log()).contains("watching MirrorPolicies of cluster prod");
    }

    /** Those of the container, with the file of its config map where this machine has it. */
    private List<String> arguments(JsonNode pod, JsonNode container) throws IOException, InterruptedException {
        JsonNode mount = container.at("/volumeMounts/0");
        assertThat(pod.at("/volumes/0/name")).isEqualTo(mount.path("name"));
        String map = pod.at("/volumes/0/configMap/name").asText();
        get("configmap", map).path("data").properties().forEach(file -> write(file.getKey(), file.getValue()));
        String inPod = mount.path("mountPath").asText() + "/";
        List<String> arguments = new ArrayList<>();
        container
                .path("args")
                .forEach(argument -> arguments.add(argument.asText().replace(inPod, directory + "/")));
        assertThat(arguments).contains("--kubernetes", directory + "/operator.yaml");
        return arguments;
    }

    private void write(String name, JsonNode content) {
        try {
            Files.writeString(directory.resolve(name), content.asText());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode get(String kind, String name) throws IOException, InterruptedException {
        return JSON.readTree(
                installation.kubectl().check("get", kind, name, "--namespace=image-mirror", "--output=json"));
    }

    private static int status(RunningOperator operator, String path) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(operator.url().resolve(path)).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
