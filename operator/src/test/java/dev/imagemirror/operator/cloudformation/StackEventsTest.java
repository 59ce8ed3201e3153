package dev.imagemirror.operator.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.operator.testing.TestingEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers, and which events lead to what, in each mode. */
class StackEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Template template = Template.read("environment.yaml");
    private final Stack scheduled = template.stack(Map.of("OperatorMode", "Scheduled"));

    @Test
    void theTimerSubmitsTheSweepWhichIsOneRunOfOnce() {
        JsonNode target = new Rule(scheduled.properties("SweepSchedule")).target();
        assertThat(target.path("Arn").asText()).isEqualTo("OperatorQueue");
        assertThat(target.path("RoleArn").asText()).isEqualTo("EventsRole.Arn");
        assertThat(target.at("/BatchParameters/JobDefinition").asText()).isEqualTo("SweepJob");
        assertThat(target.has("InputTransformer")).isFalse();
        assertThat(command("SweepJob")).containsExactly("once");
        assertJob("SweepJob", 3600);
    }

    @Test
    void aPushSubmitsAJobOfItsOwnForTheImage() throws JsonProcessingException {
        Rule rule = new Rule(scheduled.properties("PushSchedule"));
        assertThat(rule.target().path("Arn").asText()).isEqualTo("OperatorQueue");
        assertThat(rule.target().path("RoleArn").asText()).isEqualTo("EventsRole.Arn");
        assertThat(rule.target().at("/BatchParameters/JobDefinition").asText()).isEqualTo("PushJob");
        JsonNode parameters = rule.input(event("ecr-push")).path("Parameters");
        List<String> command = new ArrayList<>();
        command("PushJob")
                .forEach(word -> command.add(
                        word.startsWith("Ref::")
                                ? parameters.path(word.substring(5)).asText()
                                : word));
        assertThat(command).containsExactly("once", "team/app", "latest");
        assertJob("PushJob", 600);
    }

    /** As the operator's role, in its image, once. */
    private void assertJob(String name, int seconds) {
        JsonNode job = scheduled.properties(name);
        JsonNode container = job.path("ContainerProperties");
        assertThat(job.at("/Timeout/AttemptDurationSeconds").asInt()).isEqualTo(seconds);
        assertThat(container.path("JobRoleArn").asText()).isEqualTo("OperatorRole.Arn");
        assertThat(container.path("ExecutionRoleArn").asText()).isEqualTo("ExecutionRole.Arn");
        assertThat(container.path("Image").asText()).contains("/mirror-operator:");
        assertThat(container.path("ReadonlyRootFilesystem").asBoolean()).isTrue();
    }

    @Test
    void aJobOnPushCanBeLeftOut() {
        Stack without = template.stack(Map.of("OperatorMode", "Scheduled", "MirrorOnPush", "false"));
        assertThat(without.resources()).containsKeys("SweepJob").doesNotContainKeys("PushJob", "PushSchedule");
    }

    @ParameterizedTest
    @CsvSource({"ecr-push, true", "ecr-push-untagged, false", "ecr-delete, false", "ecr-scan, false"})
    void onlyAPushWithATagSubmitsAJob(String name, boolean matches) throws JsonProcessingException {
        assertThat(new Rule(scheduled.properties("PushSchedule")).matches(event(name)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "ecr-push, ImageEvents",
        "ecr-push-untagged, ImageEvents",
        "ecr-delete, ImageEvents",
        "ecr-scan, ''",
        "batch-succeeded, JobEvents",
        "batch-runnable, ''"
    })
    void queueReceivesRelevantEvents(String name, String rule) throws JsonProcessingException {
        for (String mode : List.of("Service", "Events")) {
            Stack stack = template.stack(Map.of("OperatorMode", mode));
            for (String each : List.of("ImageEvents", "JobEvents")) {
                assertThat(new Rule(stack.properties(each)).matches(event(name)))
                        .isEqualTo(each.equals(rule));
                assertThat(new Rule(stack.properties(each)).target().path("Arn").asText())
                        .isEqualTo("EventQueue.Arn");
            }
        }
    }

    @Test
    void ignoresJobsOfOtherQueues() throws JsonProcessingException {
        JsonNode foreign = JSON.readTree(TestingEvents.body("batch-succeeded").replace("/MirrorQueue", "/Another"));
        assertThat(new Rule(template.stack(Map.of()).properties("JobEvents")).matches(foreign))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Service", "Events"})
    void rowsArriveThroughThePipeAndOnlyTheRulesMaySend(String mode) {
        Stack stack = template.stack(Map.of("OperatorMode", mode));
        assertThat(stack.properties("RowEvents").path("Source").asText()).isEqualTo("ImageMirrorTable.StreamArn");
        assertThat(stack.properties("RowEvents").path("Target").asText()).isEqualTo("EventQueue.Arn");
        JsonNode statements = stack.properties("EventQueuePolicy").at("/PolicyDocument/Statement");
        assertThat(statements).hasSize(1);
        JsonNode only = statements.path(0);
        assertThat(only.at("/Principal/Service").asText()).isEqualTo("events.amazonaws.com");
        assertThat(only.path("Action").asText()).isEqualTo("sqs:SendMessage");
        assertThat(only.path("Resource").asText()).isEqualTo("EventQueue.Arn");
        assertThat(only.at("/Condition/ArnEquals/aws:SourceArn"))
                .extracting(JsonNode::asText)
                .containsExactly("ImageEvents.Arn", "JobEvents.Arn");
    }

    @Test
    void theTimerMayCallTheFunctionThatSweepsAndTheQueueFeedsTheOther() {
        Stack events = template.stack(Map.of("OperatorMode", "Events"));
        JsonNode permission = events.properties("FunctionPermission");
        assertThat(new Rule(events.properties("FunctionSchedule"))
                        .target()
                        .path("Arn")
                        .asText())
                .isEqualTo("SweepFunction.Arn");
        assertThat(permission.path("FunctionName").asText()).isEqualTo("SweepFunction");
        assertThat(permission.path("Principal").asText()).isEqualTo("events.amazonaws.com");
        assertThat(permission.path("SourceArn").asText()).isEqualTo("FunctionSchedule.Arn");
        JsonNode mapping = events.properties("EventMapping");
        assertThat(mapping.path("FunctionName").asText()).isEqualTo("EventFunction");
        assertThat(mapping.path("EventSourceArn").asText()).isEqualTo("EventQueue.Arn");
    }

    private List<String> command(String job) {
        List<String> words = new ArrayList<>();
        scheduled.properties(job).at("/ContainerProperties/Command").forEach(word -> words.add(word.asText()));
        return words;
    }

    /** Recorded; a queue of a stack is known here by its resource's name. */
    private static JsonNode event(String name) throws JsonProcessingException {
        return JSON.readTree(TestingEvents.body(name)
                .replace("arn:aws:batch:us-east-1:123456789012:job-queue/MirrorQueue", "MirrorQueue"));
    }
}
