package dev.imagemirror.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What one run of the command gave and wrote.
 *
 * @param exit the exit code
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exit, String out, String err) {
    private static final ObjectMapper STRICT =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Runs the command in this process with an empty environment. */
    static CommandRun of(String... arguments) {
        return with(Map.of(), arguments);
    }

    /** Runs the command in this process. */
    static CommandRun with(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = new MirrorCommand(environment, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run(arguments);
        return new CommandRun(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** The report, after a check that standard output has that line and nothing else. */
    JsonNode report() {
        assertThat(out.lines())
                .as("standard output; standard error is: %s", err)
                .singleElement()
                .asString()
                .startsWith(ReportLine.PREFIX);
        try {
            return STRICT.readTree(out.substring(ReportLine.PREFIX.length()));
        } catch (JsonProcessingException e) {
            throw new AssertionError("the report is no JSON: " + out, e);
        }
    }

    /** What the report says of one destination. */
    JsonNode destination(int index) {
        return report().path("destinations").path(index);
    }
}
