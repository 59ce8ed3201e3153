package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.FaultList;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.TestingHttpServer;
import dev.imagemirror.testing.image.TestingImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(120)
class DoctorCommandIT {
    private static final String QUEUES = "/v1/describejobqueues";
    private static final String LISTING = "/v1/listjobs";
    private static final String LOGS = "/";
    private static final String DEFINITIONS = "/v1/describejobdefinitions";
    private static final String GET_QUEUE = "AmazonSQS.GetQueueAttributes";
    private static final String NO_QUEUE =
            "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"The specified queue does not exist.\"}";
    private static final String COMMAND = "[\"mirror\",\"Ref::source\",\"Ref::dest\"]";

    @TempDir
    Path directory;

    @AutoClose
    private final TestingCommands commands = new TestingCommands();

    @AutoClose
    private final TestingRegistry registry =
            TestingRegistry.builder().basicAuth("anna", "hunter2").start();

    private final Map<String, String> answers = new ConcurrentHashMap<>();

    @AutoClose
    private final TestingHttpServer batch = TestingHttpServer.start(null, new FaultList(), this::batch);

    @Test
    void exitsWithZeroIfEverythingIsInOrder() throws IOException {
        logIn("hunter2");
        TestingImages.small(1).putInto(registry, "team/app", "1");
        commands.putRow(registry.reference("team/app", "1"), registry.reference("copy/app", "1"));
        assertThat(commands.run("doctor")).as(commands.out()).isEqualTo(Exit.OK);
        assertThat(commands.lines())
                .hasSize(6)
                .allMatch(line -> line.startsWith("ok    "))
                .contains(
                        "ok    AWS region: eu-central-1",
                        "ok    table " + commands.tables.mirrors() + ": key Source (S), stream",
                        "ok    table " + commands.tables.statuses() + ": key Source (S) + Destination (S), stream",
                        "ok    registries: the mirror table refers to 1",
                        "ok    registry " + registry.authority() + ": reachable; queried "
                                + registry.reference("team/app", "1") + " as user anna");
        assertThat(commands.out()).doesNotContain("hunter2").doesNotContain("testing-secret");
    }

    @Test
    void requestsOnlyTagsThatTheRowNames() {
        commands.putRow("127.0.0.1:1/team/app:7", registry.authority() + "/copy/app");
        commands.putRow(
                "127.0.0.2:1/team/app",
                Map.of(
                        "Destination", AttributeValue.fromS(registry.authority() + "/copy/other"),
                        "Tags", AttributeValue.fromM(Map.of("Latest", AttributeValue.fromN("3")))));
        commands.run("doctor");
        assertThat(commands.out())
                .contains("queried 127.0.0.1:1/team/app:7 ")
                .contains("queried 127.0.0.2:1/team/app anonymously")
                .contains("queried " + registry.authority() + "/copy/app:7 ")
                .doesNotContain("latest anonymously");
    }

    @Test
    void missingTableIsNamedWithTheFixAndStopsNoOtherCheck() {
        commands.environment.put("MIRROR_OPERATOR_TABLES_STATUSES", "none-such");
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.lines())
                .contains(
                        "FAIL  table none-such: no such table in this account and region; fix: create it with"
                                + " key Source + Destination, or correct tables.statuses or the region",
                        "ok    registries: the mirror table refers to 0");
    }

    @Test
    void tableOfAnotherFormIsNamed() {
        TestingDynamoServer.Tables others = TestingDynamoServer.shared().tables();
        commands.environment.put("MIRROR_OPERATOR_TABLES_MIRRORS", others.statuses());
        commands.environment.put("MIRROR_OPERATOR_TABLES_STATUSES", others.mirrors());
        TestingDynamoServer.shared()
                .client()
                .updateTable(request -> request.tableName(others.statuses())
                        .streamSpecification(stream -> stream.streamEnabled(false)));
        assertThat(commands.run("doctor")).isEqualTo(Exit.CONFIG);
        assertThat(commands.out())
                .contains("FAIL  table " + others.statuses()
                        + ": its key is Source (S) + Destination (S); fix: correct tables.mirrors")
                .contains("FAIL  table " + others.statuses() + ": it has no stream")
                .contains("FAIL  table " + others.mirrors() + ": its key is Source (S); fix: correct tables.statuses");
        commands.environment.put("MIRROR_OPERATOR_TABLES_STREAM", "false");
        commands.run("doctor");
        assertThat(commands.out()).doesNotContain("stream; fix").doesNotContain("it has no stream");
        others.close();
    }

    @Test
    void unreachableTablesAreReportedAndOtherChecksContinue() {
        useBatch();
        answers.put(QUEUES, "{\"jobQueues\":[{\"state\":\"ENABLED\",\"status\":\"VALID\"}]}");
        answers.put(DEFINITIONS, definition(COMMAND));
        commands.aws.endpoint("DynamoDb", "http://127.0.0.1:1");
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("FAIL  table " + commands.tables.mirrors() + ": DescribeTable failed: ")
                .contains("FAIL  registries: ")
                .contains("fix: fix the mirror table first")
                .contains("ok    job queue MirrorQueue: ENABLED, VALID")
                .contains("ok    job definition MirrorJob: revision 3 is active")
                .contains("ok    log group /aws/batch/job: exists and is readable");
    }

    @Test
    void refusedCredentialsAreNamedWithTheUser() throws IOException {
        logIn("wrong-password");
        commands.putRow(registry.reference("team/app", "1"), registry.reference("copy/app", "1"));
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("FAIL  registry " + registry.authority())
                .contains("as user anna")
                .contains("fix: log in (docker login)")
                .doesNotContain("wrong-password");
    }

    @Test
    void missingCredentialsAreNamedAnonymous() {
        commands.putRow(registry.reference("team/app", "1"), registry.reference("copy/app", "1"));
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("FAIL  registry " + registry.authority())
                .contains("anonymously");
    }

    @Test
    void credentialsThatCannotBeReadAreNamed() throws IOException {
        Files.writeString(directory.resolve("config.json"), "{ broken");
        commands.environment.put("DOCKER_CONFIG", directory.toString());
        commands.putRow(registry.reference("team/app", "1"), registry.reference("copy/app", "1"));
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out()).contains("cannot get its credentials").contains("config.json");
    }

    @Test
    void deadRegistryStopsNoOther() throws IOException {
        logIn("hunter2");
        commands.putRow("127.0.0.1:1/team/app:1", registry.reference("copy/app", "1"));
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("FAIL  registry 127.0.0.1:1: queried 127.0.0.1:1/team/app:1 anonymously: ")
                .contains("ok    registry " + registry.authority());
    }

    @Test
    void reportsAMissingQueueAndDefinition() {
        useBatch();
        answers.put(QUEUES, "{\"jobQueues\":[]}");
        answers.put(DEFINITIONS, "{\"jobDefinitions\":[]}");
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("FAIL  job queue MirrorQueue: no such queue")
                .contains("FAIL  job definition MirrorJob: no active definition");
        assertThat(batch.requests("POST", "/v1/.*")).hasSize(2);
    }

    @Test
    void reportsAnUnsuitableQueueAndDefinition() {
        useBatch();
        answers.put(
                QUEUES,
                "{\"jobQueues\":[{\"state\":\"DISABLED\",\"status\":\"INVALID\",\"statusReason\":\"no hosts\"}]}");
        answers.put(DEFINITIONS, definition("[\"mirror\",\"Ref::source\"]"));
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("FAIL  job queue MirrorQueue: it is DISABLED; fix: enable it")
                .contains("FAIL  job queue MirrorQueue: its status is INVALID (no hosts); fix: ")
                .contains("FAIL  job definition MirrorJob: revision 3 runs the command [mirror, Ref::source]; fix: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ecsProperties\":{\"taskProperties\":[{\"containers\":[{\"command\":" + COMMAND + "}]}]}",
                "\"eksProperties\":{}",
                "\"type\":\"multinode\""
            })
    void definitionWhoseJobsCannotBeFollowedIsNamed(String form) {
        useBatch();
        answers.put(QUEUES, "{\"jobQueues\":[{\"state\":\"ENABLED\",\"status\":\"VALID\"}]}");
        answers.put(DEFINITIONS, "{\"jobDefinitions\":[{\"revision\":3,\"status\":\"ACTIVE\"," + form + "}]}");
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("FAIL  job definition MirrorJob: revision 3 has no containerProperties (")
                .contains("fix: register it with containerProperties");
    }

    @Test
    void logGroupThatDoesNotExistAndAListThatIsDeniedAreNamed() {
        useBatch();
        answers.put(QUEUES, "{\"jobQueues\":[{\"state\":\"ENABLED\",\"status\":\"VALID\"}]}");
        answers.put(DEFINITIONS, definition(COMMAND));
        answers.put(LOGS, "group");
        answers.put(LISTING, "{\"message\":\"not authorized\"}");
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("FAIL  log group /aws/batch/job: no such log group")
                .contains("fix: correct jobs.logGroup")
                .contains("FAIL  job queue MirrorQueue: cannot list its jobs: not authorized")
                .contains("fix: grant the role batch:ListJobs");
    }

    @Test
    void definitionThatLogsElsewhereIsNamedWithTheGroup() {
        useBatch();
        answers.put(QUEUES, "{\"jobQueues\":[{\"state\":\"ENABLED\",\"status\":\"VALID\"}]}");
        answers.put(DEFINITIONS, """
            {"jobDefinitions": [{"revision": 3, "status": "ACTIVE", "containerProperties": {"command": %s,
             "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/image-mirror/jobs"}}}}]}\
            """.formatted(COMMAND));
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("FAIL  job definition MirrorJob: jobs of revision 3 log to /image-mirror/jobs, ")
                .contains("fix: set jobs.logGroup to /image-mirror/jobs");
        commands.environment.put("MIRROR_OPERATOR_JOBS_LOG_GROUP", "/image-mirror/jobs");
        assertThat(commands.run("doctor")).as(commands.out()).isEqualTo(Exit.OK);
    }

    @Test
    void checksTheEventQueueIfThereIsOne() {
        commands.environment.put("MIRROR_OPERATOR_EVENTS_QUEUE", batch.url() + "/123456789012/events");
        commands.aws.endpoint("Sqs", batch.url());
        answers.put(GET_QUEUE, "{\"Attributes\":{\"ApproximateNumberOfMessages\":\"7\"}}");
        assertThat(commands.run("doctor")).as(commands.out()).isEqualTo(Exit.OK);
        assertThat(commands.lines())
                .contains("ok    event queue " + batch.url() + "/123456789012/events: exists; messages waiting: 7");
    }

    @Test
    void queueOfEventsThatDoesNotExistIsNamedWithTheFix() {
        commands.environment.put("MIRROR_OPERATOR_EVENTS_QUEUE", batch.url() + "/123456789012/none");
        commands.aws.endpoint("Sqs", batch.url());
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("FAIL  event queue " + batch.url() + "/123456789012/none: no such queue")
                .contains("fix: correct events.queue")
                .contains("ok    registries: ");
    }

    @Test
    void queueOfEventsOutOfReachIsNamedWithTheFix() {
        commands.environment.put("MIRROR_OPERATOR_EVENTS_QUEUE", "http://127.0.0.1:1/123456789012/events");
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("FAIL  event queue http://127.0.0.1:1/123456789012/events: ")
                .contains("sqs:GetQueueAttributes");
    }

    @Test
    void checksTheLeaseTableIfThereIsOne() {
        commands.environment.put("MIRROR_OPERATOR_LEASE_ENABLED", "true");
        commands.environment.put("MIRROR_OPERATOR_LEASE_TABLE", "no-lease");
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("FAIL  table no-lease: no such table in this account and region; fix: create it with"
                        + " key Lease, or correct lease.table or the region");
        commands.environment.put("MIRROR_OPERATOR_LEASE_TABLE", commands.tables.mirrors());
        assertThat(commands.run("doctor")).isEqualTo(Exit.CONFIG);
        assertThat(commands.out())
                .contains("its key is Source (S); fix: correct ", "recreate this one with key Lease (S)");
    }

    @Test
    void reportsAMissingRegion() {
        commands.aws.set("aws.region", null);
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out()).contains("FAIL  AWS region: none configured; fix: set AWS_REGION");
    }

    @Test
    void reportsMissingAwsCredentials() {
        commands.aws.set("aws.accessKeyId", null).set("aws.secretAccessKey", null);
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out()).contains("FAIL  AWS credentials: ");
    }

    @Test
    void profileOfIdentityCenterLacksOnlyTheLogin() throws IOException {
        Path config = Files.writeString(directory.resolve("aws-config"), """
            [profile work]
            sso_session = work
            sso_account_id = 123456789012
            sso_role_name = reader
            [sso-session work]
            sso_region = eu-central-1
            sso_start_url = https://example.awsapps.com/start
            """);
        commands.aws
                .set("aws.accessKeyId", null)
                .set("aws.secretAccessKey", null)
                .set("user.home", directory.toString())
                .set("aws.configFile", config.toString())
                .set("aws.profile", "work");
        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("FAIL  AWS credentials: ")
                .containsIgnoringCase("token")
                .doesNotContain("class path")
                .doesNotContain("classpath");
    }

    private void useBatch() {
        commands.environment.remove("MIRROR_OPERATOR_JOBS_MODE");
        commands.aws.endpoint("Batch", batch.url()).endpoint("CloudWatchLogs", batch.url());
    }

    private void logIn(String password) throws IOException {
        String login = Base64.getEncoder().encodeToString(("anna:" + password).getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                directory.resolve("config.json"),
                "{\"auths\":{\"" + registry.authority() + "\":{\"auth\":\"" + login + "\"}}}");
        commands.environment.put("DOCKER_CONFIG", directory.toString());
    }

    private static String definition(String command) {
        return "{\"jobDefinitions\":[{\"revision\":3,\"status\":\"ACTIVE\",\"containerProperties\":{\"command\":"
                + command + "}}]}";
    }

    private Response batch(Request request) {
        if (request.headers().first("X-Amz-Target").orElse("").equals(GET_QUEUE)) {
            return answers.containsKey(GET_QUEUE)
                    ? Response.text(200, "application/x-amz-json-1.0", answers.get(GET_QUEUE))
                    : Response.text(400, "application/x-amz-json-1.0", NO_QUEUE);
        }
        if (request.path().equals(LOGS)) {
            return Response.text(
                    400,
                    "application/x-amz-json-1.1",
                    "{\"__type\":\"ResourceNotFoundException\",\"message\":\"The specified log "
                            + answers.getOrDefault(LOGS, "stream") + " does not exist.\"}");
        }
        if (request.path().equals(LISTING) && answers.containsKey(LISTING)) {
            return Response.text(403, "application/json", answers.get(LISTING));
        }
        return Response.text(200, "application/json", answers.getOrDefault(request.path(), "{}"));
    }
}
