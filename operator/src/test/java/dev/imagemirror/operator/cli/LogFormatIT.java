package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.operator.demo.OperatorProcess;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log of {@code mirror-operator run} as a process of its own, in both forms. */
@Timeout(120)
class LogFormatIT extends CommandsWithRegistries {
    private final String source = from.reference("team/app", "1");
    private final TestingImage image = TestingImages.small(1);

    @TempDir
    Path directory;

    private Process operator;

    @AfterEach
    void stop() throws InterruptedException {
        if (operator != null) {
            OperatorProcess.stop(operator);
        }
    }

    @Test
    void jsonFormatAppliesToEveryLineAndStateChangesCarryContext() throws IOException {
        start(Map.of("MIRROR_OPERATOR_LOG_FORMAT", "json"));
        awaitLine(": InSync");

        List<JsonNode> events =
                Files.readAllLines(log()).stream().map(LogFormatIT::json).toList();
        assertThat(events).anyMatch(event -> message(event).startsWith("dashboard at http://127.0.0.1:"));
        JsonNode healed = events.stream()
                .filter(event -> message(event).endsWith(": InSync"))
                .findFirst()
                .orElseThrow()
                .path("mdc");
        assertThat(healed.path("source").asText()).isEqualTo(source);
        assertThat(healed.path("destination").asText()).isEqualTo(to.reference("copy/app", "1"));
        assertThat(healed.path("digest").asText()).isEqualTo(image.digest());
        assertThat(healed.path("job").asText()).startsWith("mirror-");
    }

    @Test
    void linesAreHumanReadableByDefault() throws IOException {
        start(Map.of());
        awaitLine(": InSync");
        assertThat(Files.readAllLines(log()))
                .allMatch(line -> line.matches("mirror-operator: .+|\\S+Z (INFO |WARN ) .+"))
                .anyMatch(line -> line.contains("[" + source + "] " + source + " -> "));
    }

    private void start(Map<String, String> more) throws IOException {
        image.putInto(from, "team/app", "1");
        commands.putRow(source, to.reference("copy/app", "1"));
        Map<String, String> environment = new HashMap<>(commands.environment);
        environment.put(
                "AWS_ENDPOINT_URL_DYNAMODB", TestingDynamoServer.shared().url());
        environment.put(
                "AWS_ENDPOINT_URL_DYNAMODB_STREAMS",
                TestingDynamoServer.shared().url());
        environment.put("AWS_REGION", "eu-central-1");
        environment.put("AWS_ACCESS_KEY_ID", "testing");
        environment.put("AWS_SECRET_ACCESS_KEY", "testing-secret");
        environment.putAll(more);
        operator = new OperatorProcess(environment).start(log().toFile(), "run");
    }

    private void awaitLine(String words) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(log()).content().contains(words));
    }

    private Path log() {
        return directory.resolve("operator.log");
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    private static String message(JsonNode event) {
        return event.path("formattedMessage").asText();
    }
}
