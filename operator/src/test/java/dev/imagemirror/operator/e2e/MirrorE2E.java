package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.e2e.BigImage;
import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.demo.OperatorProcess;
import dev.imagemirror.operator.port.PortException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator as a process of its own, rows edited with the AWS CLI, moto for DynamoDB with its streams, Batch, SSM and
 * CloudWatch Logs, and the real worker for every job; see {@link BatchRunner} for what is moto's of Batch and what is
 * not. The tables are listed anew only after 10 minutes, so that what is seen within seconds comes by the stream.
 */
class MirrorE2E {
    private static final int LAYER = 256 * 1024;

    @TempDir
    static Path directory;

    @AutoClose
    private static Site site;

    private Process operator;
    private String name;

    @BeforeAll
    static void startSite() throws IOException, InterruptedException {
        site = Site.start(directory);
    }

    @BeforeEach
    void startOperator(TestInfo test) throws IOException {
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        operator = site.startOperator();
    }

    @AfterEach
    void stopOperator() throws InterruptedException {
        OperatorProcess.stop(operator);
        site.batch().holdNoMore();
    }

    @Test
    void aRowIsCopiedAndHealedWhenItsSourceChanges() throws IOException, InterruptedException {
        String source = image("source");
        String destination = site.destination().reference(name + ":1");
        put(source, destination);
        awaitInSync(source, destination);
        Digest before = site.digest(source);
        assertThat(site.digest(destination)).isNotNull().isEqualTo(before);

        site.push(image("other"), source);
        Digest changed = site.digest(source);
        soon().untilAsserted(() -> assertThat(site.digest(destination)).isEqualTo(changed));
        awaitInSync(source, destination);

        assertThat(changed).isNotEqualTo(before);
        assertThat(site.batch().jobsOf(source))
                .extracting(WorkerJob::source)
                .containsExactlyInAnyOrder(source + "@" + before, source + "@" + changed);
        assertThat(site.records(source).pairs().get(0).progress().history())
                .as("copies, told by the worker's report in the job's log")
                .hasSize(2)
                .allSatisfy(copy -> assertThat(copy.bytes()).isPositive());
        JsonNode status = new ObjectMapper()
                .readTree(site.operator().run("status", source, "-o", "json").out());
        assertThat(status.at("/entries/0/ready").asText()).as("%s", status).isEqualTo("True");
        assertThat(status.at("/entries/0/pairs/0/state").asText()).isEqualTo("InSync");
    }

    @Test
    void aDestinationAddedToARowIsCopiedWithinSeconds() throws IOException, InterruptedException {
        String source = image("source");
        String first = site.destination().reference(name + ":1");
        String second = site.locked().reference(name + ":1");
        putHourly(source, first);
        awaitInSync(source, first);

        putHourly(source, first, second);

        awaitInSync(source, first, second);
        assertThat(site.digest(second)).as("behind a password").isNotNull().isEqualTo(site.digest(source));
        assertThat(site.batch().jobsOf(source))
                .extracting(WorkerJob::destinations)
                .containsExactlyInAnyOrder(first, second);
    }

    @Test
    void aDeletedRowIsMirroredNoMoreAndItsCopyStays() throws IOException, InterruptedException {
        String source = image("source");
        String destination = site.destination().reference(name + ":1");
        put(source, destination);
        awaitInSync(source, destination);
        Digest copied = site.digest(destination);

        site.aws()
                .run(
                        "dynamodb",
                        "delete-item",
                        "--table-name",
                        AwsAccount.MIRRORS,
                        "--key",
                        "{\"Source\": {\"S\": \"" + source + "\"}}");
        soon().untilAsserted(() -> assertThat(site.words(source)).isEmpty());
        site.push(image("other"), source);

        await().pollInterval(Duration.ofMillis(200))
                .during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(site.batch().jobsOf(source)).hasSize(1));
        assertThat(site.digest(destination)).isEqualTo(copied);
    }

    @Test
    void aKilledOperatorFindsItsRunningJobAgainAndSubmitsNoOther() throws IOException, InterruptedException {
        String source = image("source");
        String destination = site.destination().reference(name + ":1");
        WorkerJob.Gate gate = site.batch().hold();
        put(source, destination);
        // recorded, that is; the tests of claims kill it between claim, submission and recording
        soon().untilAsserted(() -> assertThat(site.records(source).pairs())
                .anyMatch(pair -> pair.claim() != null && pair.claim().jobId() != null));

        operator.destroyForcibly().waitFor();
        operator = site.startOperator();
        int looks = site.batch().looks();
        soon().untilAsserted(() -> assertThat(site.batch().looks())
                .as("looks of the second operator at jobs")
                .isGreaterThan(looks + 2));
        gate.open();

        awaitInSync(source, destination);
        assertThat(site.digest(destination)).isNotNull().isEqualTo(site.digest(source));
        assertThat(site.batch().jobsOf(source)).hasSize(1);
    }

    @Test
    void aJobIsSubmittedByHand() throws IOException, InterruptedException {
        String source = image("source");
        String first = site.destination().reference(name + ":1");
        String second = site.destination().reference(name + ":2");

        // without the quotes, the AWS CLI would take the second destination for another value
        JsonNode submitted = site.aws()
                .run(
                        "batch",
                        "submit-job",
                        "--job-name=by-hand",
                        "--job-queue=" + site.stack().output("JobQueue"),
                        "--job-definition=" + site.stack().output("JobDefinition"),
                        "--parameters",
                        "source=" + source + ",dest=\"" + first + "," + second + "\"");

        soon().pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(site.aws()
                                .run(
                                        "batch",
                                        "describe-jobs",
                                        "--jobs",
                                        submitted.path("jobId").asText())
                                .at("/jobs/0/status")
                                .asText())
                        .isEqualTo("SUCCEEDED"));
        Digest digest = site.digest(source);
        assertThat(List.of(site.digest(first), site.digest(second))).containsOnly(digest);
    }

    private String image(String what) throws IOException {
        return BigImage.push(site.source(), name + "/" + what + ":1", 2, 2, LAYER);
    }

    /** A row that is compared at the configured interval, which is a second. */
    private static void put(String source, String destination) throws IOException, InterruptedException {
        site.aws().putRow("""
                {"Source": {"S": "%s"}, "Destination": {"S": "%s"}}""".formatted(source, destination));
    }

    /** A row that nothing but the stream of changes brings up within the hour. */
    private static void putHourly(String source, String... destinations) throws IOException, InterruptedException {
        site.aws().putRow("""
                {"Source": {"S": "%s"}, "Destination": {"SS": ["%s"]}, "Interval": {"S": "1h"}}""".formatted(source, String.join("\", \"", destinations)));
    }

    private static void awaitInSync(String source, String... destinations) {
        Map<String, String> all = new HashMap<>();
        for (String destination : destinations) {
            all.put(destination, "InSync");
        }
        soon().untilAsserted(() -> {
            assertThat(site.words(source))
                    .as("%s", site.records(source).entry().summary())
                    .isEqualTo(all);
            assertThat(site.records(source).pairs())
                    .allMatch(pair -> pair.progress().claim() == null);
        });
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(PortException.class); // moto shows items while they are being written
    }
}
