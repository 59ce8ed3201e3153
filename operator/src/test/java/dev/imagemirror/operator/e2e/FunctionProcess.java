package dev.imagemirror.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.operator.lambda.MirrorHandler;
import dev.imagemirror.operator.testing.TestingCall;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The functions' handler as Lambda makes it, with the variables of a process, for one event: that is its standard input. */
public final class FunctionProcess {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FunctionProcess() {}

    /** Handles standard input; the answer is standard output. */
    public static void main(String[] arguments) throws IOException {
        new MirrorHandler().handleRequest(System.in, System.out, new TestingCall(Duration.ofMinutes(1)));
        System.exit(0); // jobs' clients keep threads
    }

    static JsonNode invoke(Map<String, String> environment, JsonNode event) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=logback.xml", // not that of the tests
                        "-cp",
                        System.getProperty("java.class.path"),
                        FunctionProcess.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (OutputStream input = process.getOutputStream()) {
            JSON.writeValue(input, event);
        }
        byte[] answer = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new AssertionError("the function ended with " + process.exitValue() + "; its words are above");
        }
        return JSON.readTree(answer);
    }
}
