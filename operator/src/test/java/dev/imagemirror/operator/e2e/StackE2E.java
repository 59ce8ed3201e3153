package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.e2e.BigImage;
import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.demo.OperatorProcess;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.testing.TestingEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stacks of the templates, the programs configured by what these say, and the rights that their roles have. */
class StackE2E {
    private static final int LAYER = 64 * 1024;

    /** So long that nothing but an event leads to a pass. */
    private static final String NEVER = "24h";

    /** What the operator's role may do beside the calls that are recorded here, and where else they are made. */
    private static final Set<String> OPERATOR_ELSEWHERE = Set.of(
            "batch:ListJobs", // takes over a claim whose job is not known: ClaimTest
            "sts:GetServiceBearerToken"); // within AWS, for a token of the public gallery

    /** The same for the worker. */
    private static final Set<String> WORKER_ELSEWHERE = Set.of("sts:GetServiceBearerToken");

    @TempDir
    Path directory;

    @AutoClose
    private Site site;

    @BeforeEach
    void startSite() throws IOException, InterruptedException {
        site = Site.start(directory);
    }

    @Test
    void theServiceOfAStackCopiesOnEventsAndItsRolesAllowWhatItDoesAndNoMore()
            throws IOException, InterruptedException {
        String first = BigImage.push(site.source(), "stack/app:1", 1, 1, LAYER);
        String edited = site.destination().reference("stack/edited:1");
        site.aws().run("ecr", "create-repository", "--repository-name=team/app");
        site.aws().run("ecr", "create-repository", "--repository-name=alpine");
        site.ecr().push(site.aws(), first, "team/app", "latest");
        site.ecr().publish(first, "docker/library/alpine:3");
        Process operator = site.startOperator(asTheTask());
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> site.operatorLog().contains("running"));

            put(first, edited);
            send(TestingEvents.body("row-modified").replace("golang:1.17#c/n/p", first));
            awaitInSync(first, edited);
            assertJob(first, first, edited);

            String outside = site.locked().reference("stack/outside:latest");
            String source = EcrRegistry.HOST + "/team/app:latest";
            site.aws().putRow(itemWithReferrers(source, outside));
            send(TestingEvents.body("row-modified").replace("golang:1.17#c/n/p", source));
            awaitInSync(source, outside);
            String selection =
                    putSelection(EcrRegistry.HOST + "/team/app", site.locked().reference("stack/selected"));
            Digest before = site.digest(outside);
            Digest pushed = site.ecr()
                    .push(site.aws(), BigImage.push(site.source(), "stack/app:2", 1, 1, LAYER), "team/app", "latest");
            send(TestingEvents.body("ecr-push").replace("us-west-2", "us-east-1"));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(site.digest(outside))
                            .as("%s", site.operatorLog())
                            .isEqualTo(pushed)
                            .isNotEqualTo(before));
            awaitInSync(source, outside);
            awaitInSync(EcrRegistry.HOST + "/team/app", selection);
            assertThat(site.batch().jobsOf(source))
                    .extracting(WorkerJob::destinations)
                    .containsExactlyInAnyOrder(outside, outside, selection, selection);
            assertThat(site.digest(selection)).isEqualTo(pushed);

            copyFromTheGalleryIntoEcr();
            removeInFlight();
        } finally {
            OperatorProcess.stop(operator);
        }
        assertAllowed(Site.OPERATOR, "OperatorRole", OPERATOR_ELSEWHERE);
        assertAllowed(Site.WORKER, "WorkerRole", WORKER_ELSEWHERE);
    }

    @Test
    void theScheduledJobOfAStackIsOneSweep() throws IOException, InterruptedException {
        AwsStack scheduled = AwsStack.create(
                site.aws(),
                "scheduled",
                Map.of("OperatorMode", "Scheduled", "NamePrefix", "S-", "Auth", AwsAccount.AUTH_PARAMETER));
        Map<String, String> settings = scheduled.jobEnvironment("S-MirrorOperatorSweep");
        assertThat(scheduled.jobEnvironment("S-MirrorOperatorPush")).isEqualTo(settings);
        assertThat(settings).containsEntry("MIRROR_OPERATOR_TABLES_MIRRORS", scheduled.output("MirrorTable"));
        assertThat(site.aws().run("events", "list-rules").path("Rules").findValuesAsText("ScheduleExpression"))
                .containsExactly("rate(1 hour)");
        String source = BigImage.push(site.source(), "stack/scheduled:1", 1, 1, LAYER);
        String destination = site.destination().reference("stack/scheduled:1");
        site.aws()
                .run(
                        "dynamodb",
                        "put-item",
                        "--table-name=" + scheduled.output("MirrorTable"),
                        "--item=" + item(source, destination));

        OperatorProcess.Result swept = site.operator(settings).run("once");

        assertThat(swept.out()).contains("1 Copying");
        assertThat(swept.exit()).isZero();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(site.digest(destination)).isEqualTo(site.digest(source)));
        assertJob(source, source, destination);
        assertThat(site.operator(settings).run("once", "team/app", "latest").exit())
                .isZero();
        assertThat(site.operator(settings).run("once").out()).contains("1 InSync");
        assertMayAll(scheduled.policy("OperatorRole"), site.calls(Site.OPERATOR));
    }

    /** The task's settings, but faster looks at jobs, and no pass without an event. */
    private Map<String, String> asTheTask() throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(site.stack().taskEnvironment());
        assertThat(settings)
                .containsAllEntriesOf(site.stack().settings().entrySet().stream()
                        .filter(entry -> !entry.getKey().endsWith("_QUEUE"))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .containsEntry("MIRROR_OPERATOR_EVENTS_QUEUE", site.stack().output("EventQueueUrl"));
        settings.put("MIRROR_OPERATOR_LOOP_INTERVAL", NEVER);
        settings.put("MIRROR_OPERATOR_TABLES_RELIST", NEVER);
        return settings;
    }

    /** A row of all tags that begin with an l, of which nobody tells: the push has it worked, too. */
    private String putSelection(String source, String destination) throws IOException, InterruptedException {
        site.aws().putRow("""
                {"Source": {"S": "%s"}, "Destination": {"S": "%s"},
                 "Tags": {"M": {"Include": {"L": [{"S": "l*"}]}, "Latest": {"N": "1"}}}}""".formatted(source, destination));
        send(TestingEvents.body("row-modified").replace("golang:1.17#c/n/p", source));
        String selected = destination + ":latest";
        awaitInSync(source, selected);
        return selected;
    }

    private void copyFromTheGalleryIntoEcr() throws IOException, InterruptedException {
        String source = EcrRegistry.GALLERY + "/docker/library/alpine:3";
        put(source, EcrRegistry.HOST + "/alpine");
        send(TestingEvents.body("row-modified").replace("golang:1.17#c/n/p", source));
        awaitInSync(source, EcrRegistry.HOST + "/alpine:3");
    }

    /** A row that is removed while its job runs: the job is ended, and the entry forgotten. */
    private void removeInFlight() throws IOException, InterruptedException {
        String source = BigImage.push(site.source(), "stack/removed:1", 1, 1, LAYER);
        String event = TestingEvents.body("row-modified").replace("golang:1.17#c/n/p", source);
        site.batch().hold();
        put(source, site.destination().reference("stack/removed:1"));
        send(event);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> site.batch().jobsOf(source).size() == 1);
        site.aws()
                .run(
                        "dynamodb",
                        "delete-item",
                        "--table-name=" + AwsAccount.MIRRORS,
                        "--key={\"Source\": {\"S\": \"" + source + "\"}}");
        send(event);
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(PortException.class)
                .until(() -> site.records(source).pairs().isEmpty());
        site.batch().holdNoMore();
    }

    private void assertAllowed(String key, String role, Set<String> elsewhere)
            throws IOException, InterruptedException {
        RolePolicy policy = site.stack().policy(role);
        List<CallLog.Entry> made = site.calls(key);
        assertMayAll(policy, made);
        Set<String> unused = new TreeSet<>(policy.actions());
        made.forEach(call -> unused.remove(call.action()));
        assertThat(unused).as("what the " + role + " may beside").isEqualTo(new TreeSet<>(elsewhere));
    }

    private static void assertMayAll(RolePolicy policy, List<CallLog.Entry> made) {
        assertThat(made)
                .isNotEmpty()
                .allSatisfy(call -> assertThat(policy.allows(call.action(), call.resource()))
                        .as("%s is allowed", call)
                        .isTrue());
    }

    private void assertJob(String of, String source, String destination) throws IOException, InterruptedException {
        assertThat(site.batch().jobsOf(of)).singleElement().satisfies(job -> {
            assertThat(job.source()).isEqualTo(source + "@" + site.digest(source));
            assertThat(job.destinations()).isEqualTo(destination);
            assertThat(job.name()).startsWith("mirror-");
        });
    }

    private void awaitInSync(String source, String destination) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(PortException.class) // moto shows items while they are being written
                .untilAsserted(() -> assertThat(site.words(source)).containsEntry(destination, "InSync"));
    }

    private void send(String body) throws IOException, InterruptedException {
        site.aws()
                .run(
                        "sqs",
                        "send-message",
                        "--queue-url=" + site.stack().output("EventQueueUrl"),
                        "--message-body=" + body);
    }

    private void put(String source, String destination) throws IOException, InterruptedException {
        site.aws().putRow(item(source, destination));
    }

    private static String itemWithReferrers(String source, String destination) {
        return """
                {"Source": {"S": "%s"}, "Destination": {"S": "%s"}, "Referrers": {"BOOL": true}}""".formatted(source, destination);
    }

    private static String item(String source, String destination) {
        return """
                {"Source": {"S": "%s"}, "Destination": {"S": "%s"}}""".formatted(source, destination);
    }
}
