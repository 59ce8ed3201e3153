package dev.imagemirror.operator.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rights of the roles: no more than the services and programs need, on no more than they need it on, and documented. */
class RolesTest {
    private static final List<String> ROLES = List.of("OperatorRole", "WorkerRole", "EventsRole", "ExecutionRole");
    private static final String BATCH = "arn:aws:batch:eu-central-1:123456789012:";
    private static final String LOGS = "arn:aws:logs:eu-central-1:123456789012:log-group:";

    /** On {@code *}, since AWS has no narrower resource for them ("Actions, resources, and condition keys" of each service). */
    private static final Map<String, String> WITHOUT_RESOURCE = Map.of(
            "ecr:GetAuthorizationToken", "a token is for all registries that its bearer may use",
            "ecr-public:GetAuthorizationToken", "the same, for the public gallery",
            "sts:GetServiceBearerToken", "what the public gallery's token is made of",
            "batch:DescribeJobs", "takes no resource",
            "batch:ListJobs", "takes no resource",
            "dynamodb:ListStreams", "takes no resource");

    private final Template template = Template.read("environment.yaml");

    @Test
    void anActionIsOnAnyResourceOnlyWhereAwsHasNoNarrowerOne() {
        for (Stack stack : template.stacks()) {
            for (String role : ROLES) {
                Role.of(stack, role).allowed().forEach((action, resources) -> {
                    if (WITHOUT_RESOURCE.containsKey(action)) {
                        assertThat(resources).as("%s: %s", role, action).containsExactly("*");
                    } else {
                        assertThat(resources).as("%s: %s", role, action).allSatisfy(RolesTest::isNarrow);
                    }
                });
            }
        }
    }

    /** A resource of this stack, or an ARN that says its service and its account, or the account's role that it is. */
    private static void isNarrow(String resource) {
        if (resource.startsWith("arn:")) {
            String[] parts = resource.split(":", 6);
            assertThat(parts).hasSize(6);
            assertThat(parts[2]).as(resource).doesNotContain("*");
            assertThat(parts[4]).as(resource).matches("[0-9]{12}");
            assertThat(parts[5]).as(resource).isNotEqualTo("*");
        } else {
            assertThat(resource).matches("[A-Za-z]+([.][A-Za-z]+)?");
        }
    }

    @Test
    void noActionIsAPattern() {
        for (Stack stack : template.stacks()) {
            for (String role : ROLES) {
                assertThat(Role.of(stack, role).allowed().keySet()).allMatch(action -> !action.contains("*"));
            }
        }
    }

    @Test
    void imagesDefaultToThoseOfTheAccount() {
        String mirrors = "arn:aws:ecr:*:123456789012:repository/mirrors/*";
        assertThat(Role.of(template.stack(Map.of()), "WorkerRole").allowed().get("ecr:PutImage"))
                .containsExactly("arn:aws:ecr:*:123456789012:repository/*");
        Stack narrow = template.stack(Map.of("RepositoryArns", mirrors, "CreateRepositories", "here"));
        for (String role : List.of("OperatorRole", "WorkerRole")) {
            Role.of(narrow, role).allowed().forEach((action, resources) -> {
                if (action.startsWith("ecr:") && !WITHOUT_RESOURCE.containsKey(action)) {
                    assertThat(resources).as("%s: %s", role, action).containsExactly(mirrors);
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CreateRepositories, here, ecr:CreateRepository",
        "RepositoryTags, team=mirrors, ecr:TagResource",
        "RepositoryLifecyclePolicy, {}, ecr:PutLifecyclePolicy",
        "RepositoryPolicy, {}, ecr:SetRepositoryPolicy",
        "RepositoryKmsKeyArn, arn:aws:kms:eu-central-1:123456789012:key/2, kms:CreateGrant kms:DescribeKey"
    })
    void theRightsToMakeRepositoriesAreThoseOfTheirTemplate(String parameter, String value, String actions) {
        List<String> only = List.of(actions.split(" "));
        Set<String> without = Role.of(template.stack(Map.of("CreateRepositories", "")), "OperatorRole")
                .allowed()
                .keySet();
        Map<String, String> parameters = new TreeMap<>(Map.of("CreateRepositories", "here"));
        Set<String> plain =
                Role.of(template.stack(parameters), "OperatorRole").allowed().keySet();
        parameters.put(parameter, value);
        Set<String> with =
                Role.of(template.stack(parameters), "OperatorRole").allowed().keySet();
        assertThat(value).matches(pattern(parameter));
        assertThat(without).doesNotContainAnyElementsOf(only);
        assertThat(with).containsAll(only).hasSize(without.size() + 1 + (plain.containsAll(only) ? 0 : only.size()));
        parameters.put("CreateRepositories", "");
        assertThat(Role.of(template.stack(parameters), "OperatorRole").allowed().keySet())
                .as("nothing is made")
                .isEqualTo(without);
    }

    private String pattern(String parameter) {
        return template.parameters().at("/" + parameter + "/AllowedPattern").asText(".*");
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "/mirrors/auth, arn:aws:ssm:eu-central-1:123456789012:parameter/mirrors/auth",
        "auth, arn:aws:ssm:eu-central-1:123456789012:parameter/auth"
    })
    void theParameterOfCredentialsIsReadByItsName(String auth, String arn) {
        assertThat(auth)
                .matches(template.parameters().at("/Auth/AllowedPattern").asText());
        for (String role : List.of("OperatorRole", "WorkerRole")) {
            Map<String, Set<String>> allowed =
                    Role.of(template.stack(Map.of("Auth", auth)), role).allowed();
            assertThat(allowed.getOrDefault("ssm:GetParameter", Set.of()))
                    .isEqualTo(arn.isEmpty() ? Set.of() : Set.of(arn));
            assertThat(allowed).doesNotContainKey("secretsmanager:GetSecretValue");
        }
    }

    @Test
    void theSecretOfCredentialsIsReadByItsArn() {
        assertThat(Template.SECRET)
                .matches(template.parameters().at("/Auth/AllowedPattern").asText());
        for (String role : List.of("OperatorRole", "WorkerRole")) {
            assertThat(Role.of(template.stack(Map.of("Auth", Template.SECRET)), role)
                            .allowed())
                    .containsEntry(
                            "secretsmanager:GetSecretValue",
                            Set.of(
                                    Template.SECRET,
                                    Template.SECRET + "-??????")) // the latter for an ARN without its last part
                    .doesNotContainKey("ssm:GetParameter");
        }
    }

    /** "Amazon EventBridge Pipes permissions": DynamoDB as source, SQS as target. */
    @ParameterizedTest
    @CsvSource({"Service", "Events"})
    void thePipeReadsTheTablesStreamAndWritesTheQueue(String mode) {
        Role role = Role.of(template.stack(Map.of("OperatorMode", mode)), "EventsRole");
        Set<String> stream = Set.of("ImageMirrorTable.StreamArn");
        assertThat(role.services()).containsExactly("pipes.amazonaws.com");
        assertThat(role.allowed())
                .isEqualTo(new TreeMap<>(Map.of(
                        "dynamodb:DescribeStream", stream,
                        "dynamodb:GetRecords", stream,
                        "dynamodb:GetShardIterator", stream,
                        "dynamodb:ListStreams", Set.of("*"),
                        "sqs:SendMessage", Set.of("EventQueue.Arn"))));
    }

    /** "AWS Batch as EventBridge target": {@code SubmitJob} on the queue and the definition. */
    @ParameterizedTest
    @CsvSource({
        "1 hour, true, OperatorQueue SweepJob PushJob",
        "1 hour, false, OperatorQueue SweepJob",
        "none, true, OperatorQueue PushJob",
        "none, false, OperatorQueue"
    })
    void theTimerAndPushesSubmitTheirOwnJobs(String frequency, String onPush, String resources) {
        Stack stack = template.stack(
                Map.of("OperatorMode", "Scheduled", "MirroringFrequency", frequency, "MirrorOnPush", onPush));
        Role role = Role.of(stack, "EventsRole");
        assertThat(role.services()).containsExactly("events.amazonaws.com");
        assertThat(role.allowed()).isEqualTo(Map.of("batch:SubmitJob", Set.of(resources.split(" ", -1))));
    }

    /** "Amazon ECS task execution IAM role": pulls from ECR, log streams; secrets are read by the programs themselves. */
    @Test
    void containersArePulledAndLogAndNoMore() {
        String image = "arn:aws:ecr:eu-central-1:123456789012:repository/image-mirror/mirror";
        Set<String> images = Set.of(image, image + "-operator");
        Set<String> logs = Set.of(LOGS + "MirrorLogs:log-stream:*", LOGS + "OperatorLogs:log-stream:*");
        for (Stack stack : template.stacks()) {
            Role role = Role.of(stack, "ExecutionRole");
            assertThat(role.services()).containsExactly("ecs-tasks.amazonaws.com");
            assertThat(role.allowed())
                    .isEqualTo(Map.of(
                            "ecr:GetAuthorizationToken", Set.of("*"),
                            "ecr:BatchCheckLayerAvailability", images,
                            "ecr:BatchGetImage", images,
                            "ecr:GetDownloadUrlForLayer", images,
                            "logs:CreateLogStream", logs,
                            "logs:PutLogEvents", logs));
            assertThat(stack.resources().toString())
                    .as("containers get secrets from nobody")
                    .doesNotContain("\"Secrets\"", "\"secretOptions\"", "\"ValueFrom\"");
        }
    }

    @Test
    void jobsAreSubmittedToOneQueueOfOneDefinition() {
        for (Stack stack : template.stacks()) {
            Map<String, Set<String>> allowed = Role.of(stack, "OperatorRole").allowed();
            assertThat(allowed.get("batch:SubmitJob"))
                    .containsExactlyInAnyOrder(
                            "MirrorQueue", BATCH + "job-definition/MirrorJob", BATCH + "job-definition/MirrorJob:*");
            assertThat(allowed.get("batch:TerminateJob")).containsExactly(BATCH + "job/*");
        }
    }

    @Test
    void theDocumentSaysOfEachActionOfEachRoleWhetherItIsOnAnything() throws IOException {
        Map<String, Set<String>> wanted = new TreeMap<>();
        for (Stack stack : template.stacks()) {
            for (String role : ROLES) {
                Role.of(stack, role)
                        .allowed()
                        .forEach((action, resources) -> wanted.computeIfAbsent(role, unknown -> new TreeSet<>())
                                .add(action + (resources.contains("*") ? " on *" : "")));
            }
        }
        assertThat(documented()).isEqualTo(wanted);
    }

    /** By role, the actions of its table, with "on *" where that is what the second column says. */
    private static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> roles = new TreeMap<>();
        String role = "";
        for (String line : Files.readAllLines(Path.of("..", "docs", "iam.md"))) {
            if (line.startsWith("## ")) {
                role = line.substring(3);
            }
            String[] cells = line.split("[|]", -1);
            if (line.startsWith("| `")) {
                String on = cells[2].strip().equals("*") ? " on *" : "";
                Set<String> actions = roles.computeIfAbsent(role, unknown -> new TreeSet<>());
                actions(cells[1]).forEach(action -> actions.add(action + on));
            }
        }
        return roles;
    }

    private static List<String> actions(String cell) {
        return Pattern.compile("`([a-z-]+:[A-Za-z]+)`")
                .matcher(cell)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The same passes run in every mode; StackE2E and ReplicasE2E record their calls in a service. */
    @ParameterizedTest
    @CsvSource({"Scheduled, ''", "Events, logs:CreateLogStream logs:PutLogEvents sqs:GetQueueAttributes"})
    void noModeAllowsMoreThanAServiceBesideWhatLambdaItselfNeeds(String mode, String ofLambda) {
        for (String role : List.of("OperatorRole", "WorkerRole")) {
            Set<String> more = new TreeSet<>(allowed(mode, role));
            more.removeAll(allowed("Service", role));
            assertThat(String.join(" ", more)).isEqualTo(role.equals("OperatorRole") ? ofLambda : "");
        }
        assertThat(allowed(mode, "OperatorRole"))
                .as("nobody follows a stream")
                .doesNotContain("dynamodb:DescribeStream", "dynamodb:GetRecords");
    }

    private Set<String> allowed(String mode, String role) {
        return Role.of(template.stack(Map.of("OperatorMode", mode, "CreateRepositories", "here")), role)
                .allowed()
                .keySet();
    }

    /** Every role has a table, and there is no fifth. */
    @Test
    void thereAreFourRoles() {
        for (Stack stack : template.stacks()) {
            assertThat(stack.resources().entrySet().stream()
                            .filter(each ->
                                    each.getValue().path("Type").asText().equals("AWS::IAM::Role"))
                            .map(Map.Entry::getKey))
                    .containsExactlyInAnyOrderElementsOf(ROLES);
        }
    }
}
