package dev.imagemirror.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The AWS CLI, as a person uses it. */
final class AwsCli {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> environment;

    /** @param environment variables that lead it to the emulator */
    AwsCli(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Runs a command that has to succeed, and gives its answer, which is missing if it says nothing. */
    JsonNode run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                PythonTools.path("aws"),
                "--output=json",
                // for SQS the variable does not do: the CLI goes where the queue's URL says
                "--endpoint-url=" + environment.get("AWS_ENDPOINT_URL")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0) {
            throw new AssertionError("aws " + List.of(arguments) + " ended with " + exit + "; its words are above");
        }
        return JSON.readTree(out);
    }

    /** Puts a row of the mirror table: an item in DynamoDB's JSON. */
    void putRow(String item) throws IOException, InterruptedException {
        run("dynamodb", "put-item", "--table-name", AwsAccount.MIRRORS, "--item", item);
    }
}
