package dev.imagemirror.operator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.dynamodb.DynamoStatusTable;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.runtime.EventRun;
import dev.imagemirror.operator.testing.TestingAwsProperties;
import dev.imagemirror.operator.testing.TestingCall;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import dev.imagemirror.operator.testing.TestingEvents;
import dev.imagemirror.operator.testing.TestingLog;
import dev.imagemirror.testing.MutableClock;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The function with the real wiring: DynamoDB Local, registries on loopback, local copy jobs. */
@Timeout(120)
class MirrorHandlerIT {
    private static final String ECR_SOURCE = "123456789012.dkr.ecr.us-west-2.amazonaws.com/team/app:latest";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MutableClock clock = MutableClock.atSomeInstant();

    @AutoClose
    private final TestingAwsProperties aws = new TestingAwsProperties();

    private static final String BROKEN = "UPPER/broken";

    private final TestingDynamoServer dynamo = TestingDynamoServer.shared();

    @AutoClose
    private final TestingDynamoServer.Tables tables = dynamo.tables();

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    private final TestingImage image = TestingImages.small(1);

    @AutoClose
    private EventRun run;

    private MirrorHandler handler;

    @BeforeEach
    void start() {
        aws.endpoint("DynamoDb", dynamo.url());
        run = EventRun.of(
                Map.of(
                        "MIRROR_OPERATOR_JOBS_MODE",
                        "local",
                        "MIRROR_OPERATOR_REGISTRIES_SWEEP_WINDOW",
                        "0s",
                        "MIRROR_OPERATOR_REGISTRIES_LOOPBACK",
                        "localhost,127.0.0.1",
                        "MIRROR_OPERATOR_TABLES_MIRRORS",
                        tables.mirrors(),
                        "MIRROR_OPERATOR_TABLES_STATUSES",
                        tables.statuses()),
                clock,
                new SplittableRandom(1));
        handler = new MirrorHandler(run);
        image.putInto(source, "app", "1");
    }

    @Test
    void anEditedRowIsCopiedAndTheJobsEndIsNoted() throws IOException {
        put(source.reference("app", "1"), destination.reference("copy", "1"));

        assertThat(failures(sqs(rowEvent(source.reference("app", "1"))))).isEmpty();

        assertThat(pair().claim().jobId()).isNotNull();
        await().until(() -> destination.content().manifest("copy", "1").isPresent());
        await().untilAsserted(() -> {
            assertThat(failures(sqs(jobEvent("unknown", destination.reference("copy", "1")))))
                    .isEmpty();
            assertThat(pair().state().word()).isEqualTo("InSync");
        });
    }

    @Test
    void pushToASourceReconcilesItsRowsOnly() throws IOException {
        put(source.reference("app", "1"), destination.reference("copy", "1"));
        putExpired(ECR_SOURCE, destination.reference("other", "1"));
        putStatus(ECR_SOURCE);
        assertThat(failures(sqs(TestingEvents.body("ecr-push")))).isEmpty();
        assertThat(records(ECR_SOURCE).entry().version())
                .as("its pass retired it")
                .isZero();
        assertThat(records(source.reference("app", "1")).pairs()).isEmpty();
    }

    @Test
    void aRowThatIsNewSinceTheLastEventIsFound() throws IOException {
        failures(sqs(TestingEvents.body("ecr-push")));
        putExpired(ECR_SOURCE, destination.reference("other", "1"));
        putStatus(ECR_SOURCE);
        failures(sqs(TestingEvents.body("ecr-delete")));
        assertThat(records(ECR_SOURCE).entry().version()).isZero();
    }

    @Test
    void onlyTheMessagesThatFailedComeAgain() throws IOException {
        put(source.reference("app", "1"), destination.reference("copy", "1"));
        putBroken();
        List<String> failed = failures(sqs(
                rowEvent(BROKEN),
                "garbage",
                rowEvent(source.reference("app", "1")),
                TestingEvents.body("ecr-scan"),
                TestingEvents.body("batch-runnable")));
        assertThat(failed).containsExactly("0", "1");
        assertThat(pair().claim()).isNotNull();
    }

    @Test
    void unreadableMessagesDoNotCauseALogLineEach() throws IOException {
        try (TestingLog log = TestingLog.of(EventRun.class)) {
            for (int call = 0; call < 5; call++) {
                assertThat(failures(sqs("garbage", "garbage", TestingEvents.body("ecr-scan"))))
                        .containsExactly("0", "1");
            }
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("cannot parse 2 of 3 messages", "first: 0: ");
        }
    }

    @Test
    void scheduledEventReconcilesAllRows() throws IOException {
        put(source.reference("app", "1"), destination.reference("copy", "1"));
        put("UPPER/bad", "also bad");
        JsonNode answer =
                call(JSON.createObjectNode().put("source", "aws.events").put("detail-type", "Scheduled Event"));
        assertThat(answer.path("failedPasses").asInt(-1)).isZero();
        assertThat(pair().claim()).isNotNull();
        assertThat(records("UPPER/bad").entry().summary().problems()).isNotEmpty();
    }

    /** Lambda counts it as an error, for which the stack has an alarm, and calls again. */
    @Test
    void aSweepOfWhichEveryPassFailsIsAnError() throws IOException {
        putBroken();
        ObjectNode timer = JSON.createObjectNode().put("detail-type", "Scheduled Event");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> call(timer))
                .withMessageContaining("all 1 reconciles failed");
        put(source.reference("app", "1"), destination.reference("copy", "1"));
        assertThat(call(timer).path("failedPasses").asInt()).isOne();
    }

    /** Its message comes again, and nobody else's. */
    @Test
    void anUnresponsiveRegistryDoesNotDelayOthers() throws IOException {
        try (TestingRegistry silent = TestingRegistry.start()) {
            silent.fault(Fault.on("HEAD", ".*").always().then(Faults.stall()));
            put(silent.reference("app", "1"), destination.reference("silent", "1"));
            put(source.reference("app", "1"), destination.reference("copy", "1"));
            ObjectNode batch = sqs(rowEvent(silent.reference("app", "1")), rowEvent(source.reference("app", "1")));
            JsonNode failures = call(batch, Duration.ofSeconds(15)).path("batchItemFailures");
            assertThat(failures.findValuesAsText("itemIdentifier")).containsExactly("0");
            assertThat(pair().claim()).isNotNull();
        }
    }

    /** A row whose status cannot be written: its item is as large as items may be. */
    private void putBroken() {
        put(BROKEN, "also bad");
        dynamo.client()
                .putItem(request -> request.tableName(tables.statuses())
                        .item(Map.of(
                                "Source", AttributeValue.fromS(BROKEN),
                                "Destination", AttributeValue.fromS("#entry"),
                                "Version", AttributeValue.fromN("1"),
                                "Filler", AttributeValue.fromS("x".repeat(409_500)))));
    }

    @Test
    void anythingElseIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> call(JSON.createObjectNode().put("detail-type", "Whatever")));
    }

    private static String rowEvent(String key) {
        return TestingEvents.body("row-modified").replace("golang:1.17#c/n/p", key);
    }

    private static String jobEvent(String id, String destinations) {
        return TestingEvents.body("batch-succeeded")
                .replace("4c7599ae-0a82-49aa-ba5a-4727fcce14a8", id)
                .replace("a.example.com/golang:1.17,b.example.com/golang:1.17", destinations);
    }

    /** A batch as Lambda gets it; the messages' ids are their positions. */
    private static ObjectNode sqs(String... bodies) {
        ObjectNode event = JSON.createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (int i = 0; i < bodies.length; i++) {
            records.addObject()
                    .put("messageId", String.valueOf(i))
                    .put("body", bodies[i])
                    .put("eventSource", "aws:sqs");
        }
        return event;
    }

    private List<String> failures(ObjectNode event) throws IOException {
        JsonNode failures = call(event).path("batchItemFailures");
        assertThat(failures.isArray()).isTrue();
        return failures.findValuesAsText("itemIdentifier");
    }

    private JsonNode call(ObjectNode event) throws IOException {
        return call(event, Duration.ofMinutes(1));
    }

    private JsonNode call(ObjectNode event, Duration left) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
                answer,
                new TestingCall(left));
        return JSON.readTree(answer.toByteArray());
    }

    private void put(String key, String to) {
        put(key, Map.of("Destination", AttributeValue.fromS(to)));
    }

    private void putExpired(String key, String to) {
        put(key, Map.of("Destination", AttributeValue.fromS(to), "Expires", AttributeValue.fromN("1")));
    }

    private void put(String key, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = new HashMap<>(attributes);
        item.put("Source", AttributeValue.fromS(key));
        dynamo.client().putItem(request -> request.tableName(tables.mirrors()).item(item));
    }

    /** Gives the entry a status, as if it had been worked before. */
    private void putStatus(String key) {
        assertThat(statuses().write(EntryStatus.fresh(new EntryKey(key)))).isTrue();
    }

    private PairStatus pair() {
        return records(source.reference("app", "1")).pairs().get(0);
    }

    private EntryRecords records(String key) {
        return statuses().load(new EntryKey(key));
    }

    private DynamoStatusTable statuses() {
        return new DynamoStatusTable(
                dynamo.client(), tables.statuses(), tables.mirrors(), delay -> {}, new SplittableRandom(1));
    }
}
