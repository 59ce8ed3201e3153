package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.e2e.BigImage;
import dev.imagemirror.operator.testing.TestingEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack of mode Events: its functions' handler with their variables, given what Lambda would give it. */
class FunctionsE2E {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @AutoClose
    private Site site;

    private AwsStack stack;
    private String source;
    private String destination;

    @BeforeEach
    void startSite() throws IOException, InterruptedException {
        site = Site.start(directory);
        stack = AwsStack.create(
                site.aws(),
                "events",
                Map.of("OperatorMode", "Events", "NamePrefix", "E-", "Auth", AwsAccount.AUTH_PARAMETER));
        source = BigImage.push(site.source(), "functions/app:1", 1, 1, 64 * 1024);
        destination = site.locked().reference("functions/app:1");
    }

    @Test
    void aRowsEventIsCopiedByAJobAndTheJobsEventTellsThatItIsInSync() throws IOException, InterruptedException {
        Map<String, String> settings = stack.functionEnvironment("Reconciles the mirror entries that events concern");
        assertThat(settings).containsEntry("MIRROR_OPERATOR_TABLES_MIRRORS", "E-ImageMirrorTable");
        put();

        JsonNode answer = site.invokeFunction(
                settings, sqs(TestingEvents.body("row-modified").replace("golang:1.17#c/n/p", source), "garbage"));
        assertThat(answer.path("batchItemFailures").findValuesAsText("itemIdentifier"))
                .containsExactly("1");
        WorkerJob job = endedJob();
        assertThat(job.source()).isEqualTo(source + "@" + site.digest(source));
        assertThat(job.destinations()).isEqualTo(destination);

        String ended = TestingEvents.body("batch-succeeded")
                .replace("4c7599ae-0a82-49aa-ba5a-4727fcce14a8", job.id())
                .replace("a.example.com/golang:1.17,b.example.com/golang:1.17", destination);
        assertThat(site.invokeFunction(settings, sqs(ended)).path("batchItemFailures"))
                .isEmpty();
        assertInSync(settings);
        RolePolicy role = stack.policy("OperatorRole");
        assertThat(site.batch().calls().of(Site.OPERATOR))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(role.allows(call.action(), call.resource()))
                        .as("OperatorRole may %s", call)
                        .isTrue());
    }

    @Test
    void theTimersEventIsASweep() throws IOException, InterruptedException {
        Map<String, String> settings = stack.functionEnvironment("Reconciles all mirror entries");
        ObjectNode timer = JSON.createObjectNode().put("source", "aws.events").put("detail-type", "Scheduled Event");
        put();
        assertThat(site.invokeFunction(settings, timer).path("failedPasses").asInt(-1))
                .isZero();
        endedJob();
        assertThat(site.invokeFunction(settings, timer).path("failedPasses").asInt(-1))
                .isZero();
        assertInSync(settings);
    }

    private void put() throws IOException, InterruptedException {
        String item = "{\"Source\": {\"S\": \"%s\"}, \"Destination\": {\"S\": \"%s\"}}".formatted(source, destination);
        site.aws().run("dynamodb", "put-item", "--table-name=" + stack.output("MirrorTable"), "--item=" + item);
    }

    private WorkerJob endedJob() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(site.batch().jobsOf(source))
                        .singleElement()
                        .satisfies(job -> assertThat(job.state().status()).isEqualTo("SUCCEEDED")));
        return site.batch().jobsOf(source).get(0);
    }

    private void assertInSync(Map<String, String> settings) throws IOException, InterruptedException {
        JsonNode status = JSON.readTree(
                site.operator(settings).run("status", source, "-o", "json").out());
        assertThat(status.at("/entries/0/pairs/0/state").asText())
                .as("%s", status)
                .isEqualTo("InSync");
        assertThat(site.digest(destination)).isNotNull().isEqualTo(site.digest(source));
    }

    /** A batch of messages as Lambda gives it; their ids are their positions. */
    private static ObjectNode sqs(String... bodies) {
        ObjectNode event = JSON.createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (int i = 0; i < bodies.length; i++) {
            records.addObject()
                    .put("messageId", String.valueOf(i))
                    .put("receiptHandle", "handle-" + i)
                    .put("body", bodies[i])
                    .put("eventSource", "aws:sqs");
        }
        return event;
    }
}
