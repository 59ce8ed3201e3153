package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.program.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ExitCodesIT {
    @TempDir
    Path directory;

    @AutoClose
    private final TestingCommands commands = new TestingCommands();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "--unknown",
                "sync",
                "explain",
                "apply",
                "validate --file x",
                "status a b",
                "status -o xml",
                "plan a b",
                "export now",
                "doctor --all",
                "config loop",
                "once team/app",
                "run fast"
            })
    void wrongCommandLinesAre64(String line) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
        assertThat(commands.run(arguments)).isEqualTo(Exit.USAGE);
        assertThat(commands.err()).isNotBlank();
        assertThat(commands.out()).isEmpty();
    }

    @Test
    void reportsUnknownCommandsArgumentsAndOptionsBriefly() {
        commands.run("bogus");
        assertThat(commands.err().lines())
                .containsExactly("mirror-operator: unknown command 'bogus'", "See 'mirror-operator --help'");
        commands.run("status", "a", "b");
        assertThat(commands.err().lines())
                .containsExactly("mirror-operator: unexpected argument 'b'", "See 'mirror-operator status --help'");
        commands.run("status", "--odd");
        assertThat(commands.err()).startsWith("mirror-operator: unknown option '--odd'\n");
    }

    @Test
    void helpIsACommandToo() {
        assertThat(commands.run("help", "status")).isZero();
        assertThat(commands.out()).contains("--watch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"once", "sync a/b:1", "status", "explain a/b:1", "plan", "export", "run"})
    void missingTableIs69WithAdvice(String line) {
        commands.environment.put("MIRROR_OPERATOR_TABLES_MIRRORS", "none-such");
        commands.environment.put("MIRROR_OPERATOR_TABLES_STREAM", "false");
        assertThat(commands.run(line.split(" "))).isEqualTo(Exit.UNAVAILABLE);
        assertThat(commands.err())
                .contains("none-such")
                .contains("mirror-operator doctor")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apply", "diff"})
    void tableThatFilesCannotBeComparedWithIs69(String command) throws IOException {
        commands.environment.put("MIRROR_OPERATOR_TABLES_MIRRORS", "none-such");
        assertThat(commands.run(command, "-f", policy())).isEqualTo(Exit.UNAVAILABLE);
        assertThat(commands.err())
                .contains("table none-such: no such table")
                .contains("mirror-operator doctor")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"once", "sync a.example/b:1", "status", "explain a.example/b:1", "plan", "run"})
    void statusTableAloneThatDoesNotExistIs69(String line) {
        commands.putRow("a.example/b:1", "b.example/b");
        commands.environment.put("MIRROR_OPERATOR_TABLES_STATUSES", "none-such");
        commands.environment.put("MIRROR_OPERATOR_TABLES_STREAM", "false");
        assertThat(commands.run(line.split(" "))).isEqualTo(Exit.UNAVAILABLE);
        assertThat(commands.err())
                .contains("table none-such: no such table")
                .contains("mirror-operator doctor")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"once", "status", "export", "apply", "run"})
    void missingCredentialsAre69AndReportedBriefly(String command) throws IOException {
        commands.environment.put("MIRROR_OPERATOR_TABLES_STREAM", "false");
        commands.aws.set("aws.accessKeyId", null).set("aws.secretAccessKey", null);
        String[] line = command.equals("apply") ? new String[] {command, "-f", policy()} : new String[] {command};
        assertThat(commands.run(line)).isEqualTo(Exit.UNAVAILABLE);
        assertThat(commands.err())
                .contains("no AWS credentials; run with a role, or set AWS_PROFILE")
                .contains("mirror-operator doctor")
                .doesNotContain("\tat ");
        assertThat(commands.err().lines()).hasSizeLessThan(4).allMatch(said -> said.length() < 250);
    }

    private String policy() throws IOException {
        return Files.writeString(directory.resolve("team.yaml"), """
            apiVersion: imagemirror.dev/v1alpha1
            kind: MirrorPolicy
            metadata:
              name: team
            spec:
              mirrors:
                - source: golang:1.17
                  destinations: [b.example/golang]
            """).toString();
    }

    @Test
    void serviceOutOfReachIs69() {
        commands.aws.endpoint("DynamoDb", "http://127.0.0.1:1");
        assertThat(commands.run("status")).isEqualTo(Exit.UNAVAILABLE);
        assertThat(commands.err()).contains(commands.tables.mirrors()).doesNotContain("\tat ");
    }

    @Test
    void missingRegionIs78AndNamesTheSetting() {
        commands.aws.set("aws.region", null);
        assertThat(commands.run("status")).isEqualTo(Exit.CONFIG);
        assertThat(commands.err()).contains("AWS_REGION").doesNotContain("\tat ");
    }

    @Test
    void wrongEndpointIs78AndNotTakenForAMissingRegion() {
        commands.aws.endpoint("DynamoDb", "not a uri");
        assertThat(commands.run("status")).isEqualTo(Exit.CONFIG);
        assertThat(commands.err())
                .contains("cannot create AWS clients: ", "correct the AWS environment variables")
                .doesNotContain("AWS_REGION")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "once", "status", "export"})
    void wrongProxyIs78WithAdviceButWithoutItsPassword(String line) {
        commands.environment.put("HTTPS_PROXY", "ftp://anna:hunter2@proxy.example");
        assertThat(commands.run(line.split(" "))).isEqualTo(Exit.CONFIG);
        assertThat(commands.err())
                .contains("HTTPS_PROXY is not a proxy address; write http://")
                .doesNotContain("hunter2")
                .doesNotContain("\tat ");
    }

    @Test
    void outputThatCannotBeWrittenIs74() {
        commands.outputFails("No space left on device");
        assertThat(commands.run("config")).isEqualTo(Exit.OUTPUT);
        assertThat(commands.err()).contains("cannot write the output");
        assertThat(commands.run("explain", "no/such:1"))
                .as("another error says more")
                .isEqualTo(Exit.NOT_FOUND);
    }

    @Test
    void readerThatHasGoneIsNoError() {
        commands.outputFails("Broken pipe");
        assertThat(commands.run("config")).isEqualTo(Exit.CLOSED_PIPE);
        assertThat(commands.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"run", "once", "sync a/b:1", "status", "explain a/b:1", "plan", "export", "config", "doctor"})
    void wrongConfigurationIs78WithEveryError(String line) {
        commands.environment.put("MIRROR_OPERATOR_LOOP_WORKERS", "0");
        commands.environment.put("MIRROR_OPERATOR_JOBS_MODE", "moon");
        assertThat(commands.run(line.split(" "))).isEqualTo(Exit.CONFIG);
        assertThat(commands.err())
                .contains("loop.workers: '0' (from MIRROR_OPERATOR_LOOP_WORKERS)")
                .contains("jobs.mode: 'moon' (from MIRROR_OPERATOR_JOBS_MODE)");
    }

    @Test
    void configurationFileThatDoesNotExistIs66() {
        String missing = directory.resolve("none.yaml").toString();
        assertThat(commands.run("status", "--config", missing)).isEqualTo(Exit.NOT_FOUND);
        commands.environment.put("MIRROR_OPERATOR_CONFIG", missing);
        assertThat(commands.run("config")).isEqualTo(Exit.NOT_FOUND);
        assertThat(commands.err()).contains(missing);
    }

    @Test
    void helpIsZeroAndNamesEveryCommand() {
        assertThat(commands.run("--help")).isZero();
        assertThat(commands.out())
                .contains(
                        "run",
                        "once",
                        "sync",
                        "status",
                        "explain",
                        "plan",
                        "validate",
                        "apply",
                        "diff",
                        "export",
                        "config",
                        "doctor",
                        "64",
                        "78");
        assertThat(commands.run("status", "--help")).isZero();
        assertThat(commands.run("--version")).isZero();
    }
}
