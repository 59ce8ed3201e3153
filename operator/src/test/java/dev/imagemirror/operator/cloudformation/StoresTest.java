package dev.imagemirror.operator.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables, queues, logs and repositories: kept, encrypted, limited as they have to be. */
class StoresTest {
    private final Template template = Template.read("environment.yaml");

    @ParameterizedTest
    @ValueSource(strings = {"ImageMirrorTable", "ImageMirrorStatusTable"})
    void tablesAreEncryptedRestorableAndHaveStreams(String name) {
        for (Stack stack : template.stacks()) {
            JsonNode table = stack.properties(name);
            assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                            .asBoolean())
                    .isTrue();
            assertThat(table.at("/SSESpecification/SSEEnabled").asBoolean()).isTrue();
            assertThat(table.at("/StreamSpecification/StreamViewType").asText()).isEqualTo("KEYS_ONLY");
            assertThat(table.path("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
        }
    }

    @Test
    void rowsEndByThemselvesAndOutliveTheStack() {
        Stack stack = template.stack(Map.of());
        JsonNode expiry = stack.properties("ImageMirrorTable").path("TimeToLiveSpecification");
        assertThat(expiry.path("AttributeName").asText()).isEqualTo("Expires");
        assertThat(expiry.path("Enabled").asBoolean()).isTrue();
        assertThat(stack.resources()
                        .get("ImageMirrorTable")
                        .path("DeletionPolicy")
                        .asText())
                .as("unless its creation is undone: then the next deployment could not create it")
                .isEqualTo("RetainExceptOnCreate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Service", "Events"})
    void failedEventsGoToADeadLetterQueue(String mode) {
        Stack stack = template.stack(Map.of("OperatorMode", mode));
        JsonNode queue = stack.properties("EventQueue");
        assertThat(queue.at("/RedrivePolicy/deadLetterTargetArn").asText()).isEqualTo("DeadLetterQueue.Arn");
        assertThat(queue.at("/RedrivePolicy/maxReceiveCount").asInt()).isEqualTo(5);
        for (String each : List.of("EventQueue", "DeadLetterQueue")) {
            assertThat(stack.properties(each).path("SqsManagedSseEnabled").asBoolean())
                    .isTrue();
        }
        assertThat(stack.properties("DeadLetterQueue")
                        .path("MessageRetentionPeriod")
                        .asInt())
                .as("14 days, the most")
                .isEqualTo(1_209_600);
    }

    /** "Using Lambda with Amazon SQS": six times the function's time-out. */
    @Test
    void messageStaysHiddenWhileTheFunctionMayProcessIt() {
        Stack stack = template.stack(Map.of("OperatorMode", "Events"));
        int timeout = stack.properties("EventFunction").path("Timeout").asInt();
        assertThat(stack.properties("EventQueue").path("VisibilityTimeout").asInt())
                .isEqualTo(6 * timeout);
        assertThat(stack.properties("EventMapping")
                        .path("FunctionResponseTypes")
                        .path(0)
                        .asText())
                .isEqualTo("ReportBatchItemFailures");
    }

    @ParameterizedTest
    @CsvSource({"X86_64, x86_64", "ARM64, arm64"})
    void everythingRunsOnTheChosenArchitecture(String architecture, String ofFunctions) {
        Stack events = template.stack(Map.of("OperatorMode", "Events", "CpuArchitecture", architecture));
        for (String function : List.of("EventFunction", "SweepFunction")) {
            assertThat(events.properties(function).at("/Architectures/0").asText())
                    .isEqualTo(ofFunctions);
        }
        assertThat(events.properties("MirrorJob")
                        .at("/ContainerProperties/RuntimePlatform/CpuArchitecture")
                        .asText())
                .isEqualTo(architecture);
        Stack service = template.stack(Map.of("CpuArchitecture", architecture));
        assertThat(service.properties("OperatorTask")
                        .at("/RuntimePlatform/CpuArchitecture")
                        .asText())
                .isEqualTo(architecture);
    }

    @Test
    void logsEnd() {
        Stack stack = template.stack(Map.of("LogRetentionDays", "7"));
        for (String group : List.of("MirrorLogs", "OperatorLogs")) {
            assertThat(stack.properties(group).path("RetentionInDays").asInt()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"WorkerRepository", "OperatorRepository"})
    void imagesOfTheProgramsAreScannedNeverReplacedAndNotKeptForEver(String name) throws JsonProcessingException {
        JsonNode repository = Template.read("repository.yaml")
                .stack(Map.of("KeepImages", "7"))
                .properties(name);
        assertThat(repository.path("ImageTagMutability").asText()).isEqualTo("IMMUTABLE");
        assertThat(repository.at("/ImageScanningConfiguration/ScanOnPush").asBoolean())
                .isTrue();
        String policy = repository.at("/LifecyclePolicy/LifecyclePolicyText").asText();
        JsonNode rule = new ObjectMapper().readTree(policy).at("/rules/0");
        assertThat(rule.at("/selection/countNumber").asInt()).isEqualTo(7);
        assertThat(rule.at("/action/type").asText()).isEqualTo("expire");
    }
}
