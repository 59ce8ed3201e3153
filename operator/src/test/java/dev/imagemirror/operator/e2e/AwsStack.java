package dev.imagemirror.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A stack of {@code environment.yaml}, made by the CLI as a person does it, and what it says for the programs. */
final class AwsStack {
    private static final Path TEMPLATE = Path.of("..", "cloudformation", "environment.yaml");

    private final AwsCli aws;
    private final String name;
    private final Map<String, String> outputs = new HashMap<>();

    private AwsStack(AwsCli aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    /**
     * Makes one.
     *
     * @param name of the stack
     * @param parameters beside those for the network and the service role that moto wants
     */
    static AwsStack create(AwsCli aws, String name, Map<String, String> parameters)
            throws IOException, InterruptedException {
        JsonNode role = aws.run("iam", "create-role", "--role-name=" + name, "--assume-role-policy-document={}");
        Map<String, String> all = new HashMap<>(parameters);
        all.put("ImageTag", "test");
        all.put("BatchServiceRoleArn", role.at("/Role/Arn").asText());
        all.put(
                "Subnets",
                aws.run("ec2", "describe-subnets").at("/Subnets/0/SubnetId").asText());
        all.put(
                "SecurityGroups",
                aws.run("ec2", "describe-security-groups")
                        .at("/SecurityGroups/0/GroupId")
                        .asText());
        List<String> command = new ArrayList<>(List.of(
                "cloudformation",
                "create-stack",
                "--stack-name=" + name,
                "--template-body=file://" + TEMPLATE,
                "--capabilities=CAPABILITY_IAM"));
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        all.forEach((key, value) -> list.addObject().put("ParameterKey", key).put("ParameterValue", value));
        command.add("--parameters=" + list);
        aws.run(command.toArray(String[]::new));
        AwsStack stack = new AwsStack(aws, name);
        stack.readOutputs();
        return stack;
    }

    private void readOutputs() throws IOException, InterruptedException {
        JsonNode stack = aws.run("cloudformation", "describe-stacks", "--stack-name=" + name)
                .at("/Stacks/0");
        if (!stack.path("StackStatus").asText().equals("CREATE_COMPLETE")) {
            throw new AssertionError("the stack is " + stack);
        }
        stack.path("Outputs")
                .forEach(output -> outputs.put(
                        output.path("OutputKey").asText(),
                        output.path("OutputValue").asText()));
    }

    /** An output's value. */
    String output(String key) {
        if (!outputs.containsKey(key)) {
            throw new IllegalArgumentException(key + " is none of " + outputs.keySet());
        }
        return outputs.get(key);
    }

    /** What a person writes into the operator's settings by the stack's outputs. */
    Map<String, String> settings() {
        return Map.of(
                "MIRROR_OPERATOR_TABLES_MIRRORS", output("MirrorTable"),
                "MIRROR_OPERATOR_TABLES_STATUSES", output("StatusTable"),
                "MIRROR_OPERATOR_JOBS_QUEUE", output("JobQueue"),
                "MIRROR_OPERATOR_JOBS_DEFINITION", output("JobDefinition"),
                "MIRROR_OPERATOR_JOBS_LOG_GROUP", output("JobLogGroup"));
    }

    /** The variables that the operator's task has in this stack. */
    Map<String, String> taskEnvironment() throws IOException, InterruptedException {
        return taskEnvironment("");
    }

    /** The same, of a stack whose names begin with that. */
    Map<String, String> taskEnvironment(String prefix) throws IOException, InterruptedException {
        return variables(aws.run("ecs", "describe-task-definition", "--task-definition=" + prefix + "mirror-operator")
                .at("/taskDefinition/containerDefinitions/0/environment"));
    }

    /** The variables that a job of that definition has in this stack. */
    Map<String, String> jobEnvironment(String definition) throws IOException, InterruptedException {
        return variables(aws.run("batch", "describe-job-definitions", "--job-definition-name=" + definition)
                .at("/jobDefinitions/0/containerProperties/environment"));
    }

    /** The variables that the function with this description has in this stack. */
    Map<String, String> functionEnvironment(String description) throws IOException, InterruptedException {
        Map<String, String> variables = new HashMap<>();
        for (JsonNode function : aws.run("lambda", "list-functions").path("Functions")) {
            if (function.path("Description").asText().equals(description)) {
                function.at("/Environment/Variables")
                        .properties()
                        .forEach(variable -> variables.put(
                                variable.getKey(), variable.getValue().asText()));
            }
        }
        return variables;
    }

    /** What the role, such as {@code OperatorRole}, may do in this stack. */
    RolePolicy policy(String role) throws IOException, InterruptedException {
        String roleName = aws.run("iam", "list-roles").findValuesAsText("RoleName").stream()
                .filter(each -> each.startsWith(name + "-" + role + "-"))
                .findFirst()
                .orElseThrow();
        String policyName = role.replace("Role", "").toLowerCase(Locale.ROOT);
        return new RolePolicy(
                aws.run("iam", "get-role-policy", "--role-name=" + roleName, "--policy-name=" + policyName)
                        .path("PolicyDocument"));
    }

    private static Map<String, String> variables(JsonNode list) {
        Map<String, String> variables = new HashMap<>();
        list.forEach(variable -> variables.put(
                variable.path("name").asText(), variable.path("value").asText()));
        return variables;
    }
}
