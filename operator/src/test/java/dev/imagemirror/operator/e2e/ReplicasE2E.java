package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.e2e.BigImage;
import dev.imagemirror.operator.demo.OperatorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stack with all that is optional in mode Service: two replicas, repositories that are made, a role of another account, and
 * credentials in a secret.
 */
class ReplicasE2E {
    private static final String OTHER_ACCOUNT = "210987654321.dkr.ecr.us-east-1.amazonaws.com";
    private static final String ROLE = "arn:aws:iam::210987654321:role/mirror";

    private static final String LIFECYCLE = """
            {"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan",
             "countNumber": 10}, "action": {"type": "expire"}}]}""";

    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}]}""";

    /** What this test does not lead to, and where it is done. */
    private static final Set<String> ELSEWHERE = Set.of(
            "batch:TerminateJob", // StackE2E
            "dynamodb:DeleteItem", // StackE2E
            "sqs:DeleteMessage", // StackE2E
            "batch:ListJobs",
            "ecr-public:GetAuthorizationToken",
            "sts:GetServiceBearerToken");

    @TempDir
    Path directory;

    @AutoClose
    private Site site;

    private AwsStack stack;
    private Map<String, String> settings;

    @BeforeEach
    void startSite() throws IOException, InterruptedException {
        site = Site.start(directory);
        String secret = site.aws()
                .run("secretsmanager", "create-secret", "--name=mirrors", "--secret-string=" + site.auth())
                .path("ARN")
                .asText();
        stack = AwsStack.create(
                site.aws(),
                "replicas",
                Map.of(
                        "NamePrefix",
                        "R-",
                        "OperatorReplicas",
                        "2",
                        "Auth",
                        secret,
                        "CreateRepositories",
                        EcrRegistry.HOST,
                        "EcrRoles",
                        OTHER_ACCOUNT + "=" + ROLE,
                        "EcrRoleArns",
                        ROLE,
                        "RepositoryTags",
                        "team=mirrors",
                        "RepositoryLifecyclePolicy",
                        LIFECYCLE,
                        "RepositoryPolicy",
                        POLICY));
        settings = new HashMap<>(stack.taskEnvironment("R-"));
        settings.putAll(Map.of(
                "MIRROR_OPERATOR_LOOP_INTERVAL",
                "2s",
                "MIRROR_OPERATOR_TABLES_RELIST",
                "2s", // moto moves nothing through a pipe
                "MIRROR_OPERATOR_WEB_PORT",
                "0"));
    }

    @Test
    void whenOneIsKilledTheOtherTakesOverAndTheRoleAllowsWhatBothDo() throws IOException, InterruptedException {
        Process active = site.startOperator(settings, "active.log");
        Process standby = null;
        try {
            awaitWords("active.log", "mirror-operator: running");
            standby = site.startOperator(settings, "standby.log");
            awaitWords("standby.log", "mirror-operator: standing by");

            active.destroyForcibly().waitFor();
            long killed = System.nanoTime();
            awaitWords("standby.log", "mirror-operator: running");
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - killed);
            System.out.println("The replica that stood by works " + seconds + " s after the other was killed");

            String source = BigImage.push(site.source(), "replicas/app:1", 1, 1, 64 * 1024);
            String destination = EcrRegistry.HOST + "/made/app:1";
            put(source, destination);
            putAllTags(OTHER_ACCOUNT + "/team/app", site.locked().reference("replicas/other"));
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(state(source)).isEqualTo("InSync"));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(site.batch().calls().actions(Site.OPERATOR))
                            .contains("sts:AssumeRole"));
            assertThat(seconds)
                    .as("seconds without an operator; 30 are promised on a machine that is not busy")
                    .isLessThan(60);
        } finally {
            OperatorProcess.stop(active);
            if (standby != null) {
                OperatorProcess.stop(standby);
            }
        }
        assertRepositoryIsAsTheTemplateSays();
        assertAllowed();
    }

    private void assertRepositoryIsAsTheTemplateSays() throws IOException, InterruptedException {
        String arn = site.aws()
                .run("ecr", "describe-repositories", "--repository-names=made/app")
                .at("/repositories/0/repositoryArn")
                .asText();
        assertThat(site.aws()
                        .run("ecr", "list-tags-for-resource", "--resource-arn=" + arn)
                        .toString())
                .contains("mirrors");
        assertThat(site.aws()
                        .run("ecr", "get-lifecycle-policy", "--repository-name=made/app")
                        .path("lifecyclePolicyText")
                        .asText())
                .contains("untagged");
        assertThat(site.aws()
                        .run("ecr", "get-repository-policy", "--repository-name=made/app")
                        .path("policyText")
                        .asText())
                .contains("BatchGetImage");
    }

    private void assertAllowed() throws IOException, InterruptedException {
        RolePolicy role = stack.policy("OperatorRole");
        assertThat(site.calls(Site.OPERATOR))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(role.allows(call.action(), call.resource()))
                        .as("OperatorRole may %s", call)
                        .isTrue());
        Set<String> unused = new TreeSet<>(role.actions());
        site.calls(Site.OPERATOR).forEach(call -> unused.remove(call.action()));
        assertThat(ELSEWHERE).as("what the role may beside").containsAll(unused);
    }

    private void put(String source, String destination) throws IOException, InterruptedException {
        putItem("{\"Source\": {\"S\": \"%s\"}, \"Destination\": {\"S\": \"%s\"}}".formatted(source, destination));
    }

    /** Whose tags ECR is asked for, with the role of that account. */
    private void putAllTags(String source, String destination) throws IOException, InterruptedException {
        putItem("""
                {"Source": {"S": "%s"}, "Destination": {"S": "%s"}, "Tags": {"M": {"Include": {"L": [{"S": "*"}]}}}}""".formatted(source, destination));
    }

    private void putItem(String item) throws IOException, InterruptedException {
        site.aws().run("dynamodb", "put-item", "--table-name=" + stack.output("MirrorTable"), "--item=" + item);
    }

    private String state(String source) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(site.operator(settings)
                        .run("status", source, "-o", "json")
                        .out())
                .at("/entries/0/pairs/0/state")
                .asText();
    }

    private void awaitWords(String log, String words) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(site.operatorLog(log)).contains(words));
    }
}
