package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.imagemirror.operator.cloudformation.Stack;
import dev.imagemirror.operator.cloudformation.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of docs/aws.md as written, with the AWS CLI against moto. {@code docker} and {@code make} only record
 * how they are called (ImagesE2E runs {@code make images}). Stand-ins supply what moto lacks, from the templates and ECS's
 * API reference: a deployed stack's output, a stack resource, ECS tasks. {@code logs tail}, which version 1 of the CLI does
 * not have, reads the same groups.
 */
class AwsPageE2E {
    private static final String REGION = "eu-central-1";
    private static final String HOST = AwsAccount.ID + ".dkr.ecr." + REGION + ".amazonaws.com";
    private static final String ADDRESS = "10.0.0.17";

    @TempDir
    Path directory;

    private MotoProcess moto;
    private HttpServer tasks;
    private AwsCli aws;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        PythonTools.require("moto_server", "aws");
        moto = MotoProcess.start(directory.resolve("moto.log"));
        tasks = tasks();
        environment.putAll(AwsAccount.environment(moto.url(), "testing"));
        environment.put("AWS_REGION", REGION);
        environment.put("AWS_DEFAULT_REGION", REGION);
        aws = new AwsCli(environment);
        environment.put("AWS_PAGER", "");
        environment.put(
                "AWS_ENDPOINT_URL_ECS", "http://127.0.0.1:" + tasks.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        if (moto != null) {
            moto.close();
            tasks.stop(0);
        }
    }

    /** Answers {@code ListTasks} and {@code DescribeTasks} ("Task", "Attachment" in the Amazon ECS API Reference). */
    private static HttpServer tasks() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String answer = target.endsWith(".ListTasks")
                    ? "{\"taskArns\": [\"arn:aws:ecs:eu-central-1:123456789012:task/mirrors/1\"]}"
                    : """
                    {"failures": [], "tasks": [{"attachments": [{"type": "ElasticNetworkInterface", "status": "ATTACHED",
                      "details": [{"name": "subnetId", "value": "subnet-1"},
                                  {"name": "privateIPv4Address", "value": "%s"}]}]}]}""".formatted(ADDRESS);
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void deployFirstRowFirstJobLookAndTearDown() throws IOException, InterruptedException {
        List<String> blocks = blocks();
        assertThat(blocks).hasSize(6);
        writeTemplates();
        writePrograms();

        run(deployment(blocks.get(0)));
        assertThat(notes("docker")).containsExactly("login --username AWS --password-stdin " + HOST);
        assertThat(notes("make")).containsExactly("images IMAGE_REGISTRY=" + HOST + "/image-mirror IMAGE_TAG=1");
        assertThat(aws.run("ecr", "describe-repositories").findValuesAsText("repositoryName"))
                .containsExactlyInAnyOrder("image-mirror/mirror", "image-mirror/mirror-operator");
        assertThat(parameter("CreateRepositories")).isEqualTo(HOST);
        assertThat(parameter("OperatorMode")).isEqualTo("Service");
        assertThat(parameter("Subnets"))
                .as("as moto shows a list")
                .contains(aws.run("ec2", "describe-subnets").findValuesAsText("SubnetId"));
        assertThat(parameter("SecurityGroups"))
                .contains(aws.run("ec2", "describe-security-groups", "--filters=Name=group-name,Values=default")
                        .findValuesAsText("GroupId"));

        String registry = "registry=" + HOST + "/image-mirror\n";
        run(registry + blocks.get(1));
        JsonNode row = aws.run("dynamodb", "scan", "--table-name=ImageMirrorTable");
        assertThat(row.at("/Items/0/Source/S").asText()).isEqualTo("public.ecr.aws/docker/library/alpine:3");
        assertThat(row.at("/Items/0/Destination/S").asText()).isEqualTo(HOST + "/alpine");
        run(registry + "to=${registry%%/*}/alpine\n" + blocks.get(2));
        JsonNode job = job();
        assertThat(job.at("/parameters/source").asText()).isEqualTo("public.ecr.aws/docker/library/alpine:3");
        assertThat(job.at("/parameters/dest").asText()).isEqualTo(HOST + "/alpine:by-hand," + HOST + "/alpine:again");
        assertThat(job.path("jobDefinition").asText()).contains("job-definition/MirrorJob:");

        assertThat(run(blocks.get(3))).contains("public.ecr.aws/docker/library/alpine:3", "events");
        assertThat(notes("make")).last().isEqualTo("build");

        assertThat(run(blocks.get(4)).strip()).endsWith(ADDRESS);

        run(blocks.get(5));
        assertThat(aws.run("cloudformation", "list-stacks").findValuesAsText("StackStatus"))
                .containsExactly("DELETE_COMPLETE", "DELETE_COMPLETE");
        assertThat(aws.run("dynamodb", "list-tables").path("TableNames")).isEmpty();
    }

    private JsonNode job() throws IOException, InterruptedException {
        String id = notes("job-id").get(0);
        return aws.run("batch", "describe-jobs", "--jobs=" + id).at("/jobs/0");
    }

    private String parameter(String name) throws IOException, InterruptedException {
        JsonNode parameters = aws.run("cloudformation", "describe-stacks", "--stack-name=image-mirror")
                .at("/Stacks/0/Parameters");
        for (JsonNode parameter : parameters) {
            if (parameter.path("ParameterKey").asText().equals(name)) {
                return parameter.path("ParameterValue").asText();
            }
        }
        return "";
    }

    /** What stands between the page's code fences. */
    private static List<String> blocks() throws IOException {
        return Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "aws.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** With the service role that moto wants. */
    private String deployment(String block) throws IOException, InterruptedException {
        String role = aws.run("iam", "create-role", "--role-name=batch", "--assume-role-policy-document={}")
                .at("/Role/Arn")
                .asText();
        return block.replace("SecurityGroups=", "BatchServiceRoleArn=" + role + " SecurityGroups=");
    }

    private void writePrograms() throws IOException {
        Stack repositories = Template.read("repository.yaml").stack(Map.of());
        Stack service = Template.read("environment.yaml").stack(Map.of("OperatorMode", "Service"));
        assertThat(service.has("OperatorCluster")).isTrue();
        Files.createSymbolicLink(directory.resolve("operator"), Path.of("").toAbsolutePath());
        writeProgram("docker", "echo \"$*\" >> docker.notes; [ -n \"$(cat)\" ]");
        writeProgram("make", "echo \"$*\" >> make.notes");
        writeProgram("aws", """
                case "$*" in
                *describe-stacks*"--stack-name image-mirror-repository"*"OutputKey=='Registry'"*) echo %s; exit ;;
                *describe-stack-resource*"--stack-name image-mirror --logical-resource-id OperatorCluster"*) echo mirrors; exit ;;
                "logs tail"*) exec %s logs filter-log-events --log-group-name "$3" ;;
                "batch submit-job"*) %s "$@" --query jobId --output text > job-id.notes; exit ;;
                esac
                cd %s
                exec %s "$@"
                """.formatted(
                        repositories.output("Registry"),
                        PythonTools.path("aws"),
                        PythonTools.path("aws"),
                        directory.resolve("checkout"),
                        PythonTools.path("aws")));
    }

    /** The templates, with the one policy of deletion that moto does not know, and takes for Delete, as the one that it is here. */
    private void writeTemplates() throws IOException {
        Path copies = Files.createDirectories(directory.resolve("checkout").resolve("cloudformation"));
        for (String name : List.of("repository.yaml", "environment.yaml")) {
            String template = Files.readString(Path.of("..", "cloudformation", name));
            Files.writeString(copies.resolve(name), template.replace("RetainExceptOnCreate", "Retain"));
        }
    }

    private void writeProgram(String name, String content) throws IOException {
        Path file = Files.createDirectories(directory.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + content + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> notes(String program) throws IOException {
        return Files.readAllLines(directory.resolve(program + ".notes"));
    }

    /** Runs a block by a shell that ends at the first failure, and gives what it printed. */
    private String run(String block) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", block)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().putAll(environment);
        builder.environment().merge("PATH", directory.resolve("bin") + ":", (path, first) -> first + path);
        int exit = builder.start().waitFor();
        String output = Files.readString(directory.resolve("output"));
        assertThat(exit).as("%s\n%s", block, output).isZero();
        return output;
    }
}
