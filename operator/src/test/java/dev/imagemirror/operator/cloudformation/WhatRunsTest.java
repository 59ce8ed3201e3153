package dev.imagemirror.operator.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks, jobs and functions: how large, where, how many, as whom, and where they log. */
class WhatRunsTest {
    private static final String LOGS = "arn:aws:logs:eu-central-1:123456789012:log-group:";

    private final Template template = Template.read("environment.yaml");

    @ParameterizedTest
    @CsvSource({"Small, 0.25, 512, 256", "Medium, 0.5, 1024, 512", "Large, 1, 2048, 1024", "XLarge, 2, 4096, 2048"})
    void copiesAndTheOperatorHaveTheConfiguredSizes(String size, String vcpu, String memory, String units) {
        JsonNode job = template.stack(Map.of("JobSize", size)).properties("MirrorJob");
        assertThat(requirements(job)).isEqualTo(Map.of("VCPU", vcpu, "MEMORY", memory));
        JsonNode sweep = template.stack(Map.of("OperatorMode", "Scheduled", "OperatorSize", size))
                .properties("SweepJob");
        assertThat(requirements(sweep)).isEqualTo(Map.of("VCPU", vcpu, "MEMORY", memory));
        JsonNode task = template.stack(Map.of("OperatorSize", size)).properties("OperatorTask");
        assertThat(task.path("Cpu").asText()).isEqualTo(units);
        assertThat(task.path("Memory").asText()).isEqualTo(memory);
    }

    private static Map<String, String> requirements(JsonNode job) {
        Map<String, String> requirements = new HashMap<>();
        job.at("/ContainerProperties/ResourceRequirements")
                .forEach(each -> requirements.put(
                        each.path("Type").asText(), each.path("Value").asText()));
        return requirements;
    }

    @Test
    void jobsUseTheChosenComputeUpToTheLimit() {
        JsonNode machines = template.stack(Map.of("EnvironmentType", "FARGATE_SPOT", "MaxVcpu", "7"))
                .properties("MirrorEnvironment")
                .path("ComputeResources");
        assertThat(machines.path("Type").asText()).isEqualTo("FARGATE_SPOT");
        assertThat(machines.path("MaxvCpus").asInt()).isEqualTo(7);
        JsonNode job = template.stack(Map.of("JobTimeout", "77")).properties("MirrorJob");
        assertThat(job.at("/Timeout/AttemptDurationSeconds").asInt()).isEqualTo(77);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENABLED", "DISABLED"})
    void everythingRunsInTheGivenNetwork(String publicIp) {
        Map<String, String> network =
                Map.of("Subnets", "subnet-1,subnet-2", "SecurityGroups", "sg-1", "AssignPublicIp", publicIp);
        JsonNode service =
                template.stack(network).properties("OperatorService").at("/NetworkConfiguration/AwsvpcConfiguration");
        assertThat(service.path("Subnets")).extracting(JsonNode::asText).containsExactly("subnet-1", "subnet-2");
        assertThat(service.path("SecurityGroups")).extracting(JsonNode::asText).containsExactly("sg-1");
        assertThat(service.path("AssignPublicIp").asText()).isEqualTo(publicIp);
        Map<String, String> parameters = new HashMap<>(network);
        parameters.put("OperatorMode", "Scheduled");
        Stack scheduled = template.stack(parameters);
        JsonNode machines = scheduled.properties("MirrorEnvironment").path("ComputeResources");
        assertThat(machines.path("Subnets")).extracting(JsonNode::asText).containsExactly("subnet-1", "subnet-2");
        assertThat(machines.path("SecurityGroupIds"))
                .extracting(JsonNode::asText)
                .containsExactly("sg-1");
        for (String job : List.of("MirrorJob", "SweepJob", "PushJob")) {
            assertThat(scheduled
                            .properties(job)
                            .at("/ContainerProperties/NetworkConfiguration/AssignPublicIp")
                            .asText())
                    .as(job)
                    .isEqualTo(publicIp);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true"})
    void replicaCountIsConfigurableAndSeveralShareALease(String replicas, boolean lease) {
        Stack stack = template.stack(Map.of("OperatorReplicas", replicas));
        assertThat(stack.properties("OperatorService").path("DesiredCount").asText())
                .isEqualTo(replicas);
        assertThat(stack.has("LeaseTable")).isEqualTo(lease);
        assertThat(stack.properties("OperatorTask").at("/ContainerDefinitions/0/Environment"))
                .anySatisfy(variable -> {
                    assertThat(variable.path("Name").asText()).isEqualTo("MIRROR_OPERATOR_LEASE_ENABLED");
                    assertThat(variable.path("Value").asBoolean()).isEqualTo(lease);
                });
    }

    @ParameterizedTest
    @CsvSource({"Service, ecs-tasks", "Scheduled, ecs-tasks", "Events, lambda"})
    void theProgramsRolesAreTakenByWhatRunsThem(String mode, String service) {
        Stack stack = template.stack(Map.of("OperatorMode", mode));
        assertThat(Role.of(stack, "OperatorRole").services()).containsExactly(service + ".amazonaws.com");
        assertThat(Role.of(stack, "WorkerRole").services()).containsExactly("ecs-tasks.amazonaws.com");
    }

    @ParameterizedTest
    @CsvSource({
        "Service, sqs:ReceiveMessage sqs:DeleteMessage",
        "Scheduled, ''",
        "Events, sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes"
    })
    void theOperatorTakesEventsFromTheirQueueAndNoOther(String mode, String actions) {
        Map<String, Set<String>> allowed = Role.of(template.stack(Map.of("OperatorMode", mode)), "OperatorRole")
                .allowed();
        assertThat(allowed.keySet().stream().filter(action -> action.startsWith("sqs:")))
                .containsExactlyInAnyOrder(actions.isEmpty() ? new String[0] : actions.split(" "));
        allowed.forEach((action, resources) -> {
            if (action.startsWith("sqs:")) {
                assertThat(resources).as(action).containsExactly("EventQueue.Arn");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Service", "Scheduled", "Events"})
    void theOperatorReadsTheJobsLogsAndAFunctionWritesItsOwn(String mode) {
        Map<String, Set<String>> allowed = Role.of(template.stack(Map.of("OperatorMode", mode)), "OperatorRole")
                .allowed();
        Set<String> own = mode.equals("Events") ? Set.of(LOGS + "OperatorLogs:log-stream:*") : Set.of();
        assertThat(allowed.get("logs:GetLogEvents")).containsExactly(LOGS + "MirrorLogs:log-stream:*");
        assertThat(allowed.getOrDefault("logs:CreateLogStream", Set.of())).isEqualTo(own);
        assertThat(allowed.getOrDefault("logs:PutLogEvents", Set.of())).isEqualTo(own);
    }

    @Test
    void copiesLogToTheirGroupAndTheOperatorToItsOwn() {
        Stack service = template.stack(Map.of());
        Stack scheduled = template.stack(Map.of("OperatorMode", "Scheduled"));
        assertThat(group(service.properties("MirrorJob").path("ContainerProperties")))
                .isEqualTo("MirrorLogs");
        assertThat(group(service.properties("OperatorTask").at("/ContainerDefinitions/0")))
                .isEqualTo("OperatorLogs");
        for (String job : List.of("SweepJob", "PushJob")) {
            assertThat(group(scheduled.properties(job).path("ContainerProperties")))
                    .isEqualTo("OperatorLogs");
        }
        Stack events = template.stack(Map.of("OperatorMode", "Events"));
        for (String function : List.of("EventFunction", "SweepFunction")) {
            JsonNode properties = events.properties(function);
            assertThat(properties.at("/LoggingConfig/LogGroup").asText()).isEqualTo("OperatorLogs");
            assertThat(properties.path("Role").asText()).isEqualTo("OperatorRole.Arn");
        }
    }

    private static String group(JsonNode container) {
        assertThat(container.at("/LogConfiguration/LogDriver").asText()).isEqualTo("awslogs");
        return container.at("/LogConfiguration/Options/awslogs-group").asText();
    }

    @Test
    void copiesAreTheWorkersAndTheTaskIsTheOperators() {
        Stack stack = template.stack(Map.of());
        JsonNode job = stack.properties("MirrorJob").path("ContainerProperties");
        JsonNode task = stack.properties("OperatorTask");
        assertThat(job.path("JobRoleArn").asText()).isEqualTo("WorkerRole.Arn");
        assertThat(job.path("Image").asText()).contains("/mirror:");
        assertThat(task.path("TaskRoleArn").asText()).isEqualTo("OperatorRole.Arn");
        assertThat(task.at("/ContainerDefinitions/0/Image").asText()).contains("/mirror-operator:");
        for (JsonNode each : List.of(job, task)) {
            assertThat(each.path("ExecutionRoleArn").asText()).isEqualTo("ExecutionRole.Arn");
        }
        for (JsonNode each : List.of(job, task.at("/ContainerDefinitions/0"))) {
            assertThat(each.path("ReadonlyRootFilesystem").asBoolean()).isTrue();
        }
    }
}
