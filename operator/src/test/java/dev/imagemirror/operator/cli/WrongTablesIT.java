package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.program.CommandFailure;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.runtime.EventRun;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/** Tables that somebody made in another form than the operator's: nothing runs on them. */
@Timeout(120)
class WrongTablesIT {
    private static final String WRONG = "wrong-table";
    private static final String MIRRORS = "MIRROR_OPERATOR_TABLES_MIRRORS";
    private static final String STATUSES = "MIRROR_OPERATOR_TABLES_STATUSES";

    @TempDir
    Path directory;

    @AutoClose
    private final TestingCommands commands = new TestingCommands();

    private final DynamoDbClient dynamo = TestingDynamoServer.shared().client();
    private final List<String> made = new ArrayList<>();

    @AfterEach
    void stop() {
        made.forEach(name -> dynamo.deleteTable(request -> request.tableName(name)));
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of(MIRRORS, List.of("Source:N"), "Source (N)", fix("tables.mirrors", "Source (S)")),
                Arguments.of(MIRRORS, List.of("Id:S"), "Id (S)", fix("tables.mirrors", "Source (S)")),
                Arguments.of(MIRRORS, List.of("source:S"), "source (S)", fix("tables.mirrors", "Source (S)")),
                Arguments.of(
                        MIRRORS,
                        List.of("Source:S", "Tag:S"),
                        "Source (S) + Tag (S)",
                        fix("tables.mirrors", "Source (S)")),
                Arguments.of(
                        STATUSES,
                        List.of("Source:S"),
                        "Source (S)",
                        fix("tables.statuses", "Source (S) + Destination (S)")),
                Arguments.of(
                        STATUSES,
                        List.of("Source:S", "Destination:B"),
                        "Source (S) + Destination (B)",
                        fix("tables.statuses", "Source (S) + Destination (S)")),
                Arguments.of(
                        STATUSES,
                        List.of("Destination:S", "Source:S"),
                        "Destination (S) + Source (S)",
                        fix("tables.statuses", "Source (S) + Destination (S)")));
    }

    private static String fix(String setting, String key) {
        return "correct " + setting + " if it names the wrong table, or recreate this one with key " + key;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void wrongKeyIs78AndReportsActualAndExpectedKeys(String setting, List<String> key, String is, String shouldBe) {
        make(WRONG, key);
        commands.environment.put(setting, WRONG);
        assertThat(commands.run("status")).isEqualTo(Exit.CONFIG);
        assertThat(commands.err())
                .contains("table " + WRONG + ": its key is " + is + "; " + shouldBe)
                .doesNotContain("\tat ");
        assertThat(commands.run("doctor")).isEqualTo(Exit.CONFIG);
        assertThat(commands.out()).contains("its key is " + is + "; fix: " + shouldBe);
    }

    @ParameterizedTest
    @MethodSource("wrongKeys")
    void wrongKeyIs78WithoutPermissionToDescribeTables(String setting, List<String> key, String is, String shouldBe) {
        make(WRONG, key);
        Map<String, AttributeValue> item = new HashMap<>();
        key.forEach(part -> item.put(
                part.split(":", -1)[0],
                part.endsWith("N") ? AttributeValue.fromN("1") : AttributeValue.fromS("a/b:1")));
        dynamo.putItem(request -> request.tableName(WRONG).item(item));
        commands.putRow("a.example/b:1", "b.example/b:1");
        commands.environment.put(setting, WRONG);
        try (ThrottledTables tables =
                new ThrottledTables(TestingDynamoServer.shared().url())) {
            tables.deny("DescribeTable");
            commands.aws.endpoint("DynamoDb", tables.url());

            assertThat(commands.run("status")).as(commands.err()).isEqualTo(Exit.CONFIG);
        }

        assertThat(commands.err()).contains(is, shouldBe).doesNotContain("\tat ", "NullPointer");
    }

    static Stream<Arguments> wrongKeys() {
        String mirrors = fix("tables.mirrors", "Source (S)");
        String statuses = fix("tables.statuses", "Source (S) + Destination (S)");
        return Stream.of(
                Arguments.of(MIRRORS, List.of("Source:N"), "its key has Source (N)", mirrors),
                Arguments.of(MIRRORS, List.of("Id:S"), "an item has no key Source", mirrors),
                Arguments.of(STATUSES, List.of("Source:N", "Destination:S"), "its key has Source (N)", statuses),
                Arguments.of(STATUSES, List.of("Source:S", "Destination:N"), "its key has Destination (N)", statuses),
                Arguments.of(STATUSES, List.of("Source:S"), "an item has no key Destination", statuses));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "once",
                "sync a/b:1",
                "status",
                "explain a/b:1",
                "plan",
                "export",
                "apply",
                "diff",
                "run",
                "run --kubernetes-only"
            })
    void exchangedTablesAre78ForEachCommandBeforeAnythingElse(String line) throws IOException {
        commands.environment.put(MIRRORS, commands.tables.statuses());
        commands.environment.put(STATUSES, commands.tables.mirrors());
        commands.environment.put("MIRROR_OPERATOR_KUBERNETES_CLUSTER", "prod");
        List<String> arguments = new ArrayList<>(Arrays.asList(line.split(" ")));
        if (line.equals("apply") || line.equals("diff")) {
            arguments.addAll(List.of("-f", policy()));
        }
        assertThat(commands.run(arguments.toArray(String[]::new))).isEqualTo(Exit.CONFIG);
        assertThat(commands.err())
                .contains("table " + commands.tables.statuses() + ": its key is Source (S) + Destination (S)")
                .doesNotContain("dashboard at")
                .doesNotContain("\tat ");
    }

    @Test
    void serviceWithoutStreamsIs78UnlessStreamsAreDisabled() {
        dynamo.updateTable(request -> request.tableName(commands.tables.statuses())
                .streamSpecification(stream -> stream.streamEnabled(false)));
        assertThat(commands.run("run")).isEqualTo(Exit.CONFIG);
        assertThat(commands.err())
                .contains("table " + commands.tables.statuses() + ": it has no stream")
                .contains("set tables.stream to false")
                .doesNotContain("dashboard at");
        assertThat(commands.run("doctor")).isEqualTo(Exit.CONFIG);
        assertThat(commands.out()).contains("FAIL  table " + commands.tables.statuses() + ": it has no stream");
        assertThat(commands.run("status")).as("follows no stream").isEqualTo(Exit.OK);
    }

    @Test
    void reportsAMissingTableBeforeTheDashboard() {
        commands.environment.put(STATUSES, "none-such");
        assertThat(commands.run("run")).isEqualTo(Exit.UNAVAILABLE);
        assertThat(commands.err())
                .contains("table none-such: no such table", "correct tables.statuses")
                .doesNotContain("dashboard at");
        assertThat(commands.run("doctor")).as("nothing is wrong that is there").isEqualTo(Exit.SOME_FAILED);
    }

    @Test
    void aLeaseTableOfAnotherFormIs78() {
        make(WRONG, List.of("Source:S"));
        commands.environment.put("MIRROR_OPERATOR_LEASE_ENABLED", "true");
        commands.environment.put("MIRROR_OPERATOR_LEASE_TABLE", WRONG);
        assertThat(commands.run("run")).isEqualTo(Exit.CONFIG);
        assertThat(commands.err())
                .contains("table " + WRONG + ": its key is Source (S)")
                .contains("lease.table");
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "apply", "diff", "validate"})
    void malformedStatusTableDoesNotAffectCommandsThatDoNotUseIt(String command) throws IOException {
        make(WRONG, List.of("Source:N"));
        commands.environment.put(STATUSES, WRONG);
        List<String> arguments = command.equals("export") ? List.of(command) : List.of(command, "-f", policy());
        assertThat(commands.run(arguments.toArray(String[]::new)))
                .isEqualTo(command.equals("diff") ? Exit.SOME_FAILED : Exit.OK);
    }

    @Test
    void aFunctionDoesNotBeginOnExchangedTables() {
        commands.environment.put(MIRRORS, commands.tables.statuses());
        commands.environment.put(STATUSES, commands.tables.mirrors());
        Assertions.assertThatThrownBy(() -> EventRun.of(commands.environment, commands.clock, new SplittableRandom(1)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("its key is Source (S) + Destination (S)");
    }

    private void make(String name, List<String> key) {
        List<String[]> parts = key.stream().map(part -> part.split(":")).toList();
        dynamo.createTable(request -> request.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(parts.stream()
                        .map(part -> AttributeDefinition.builder()
                                .attributeName(part[0])
                                .attributeType(part[1])
                                .build())
                        .toList())
                .keySchema(parts.stream()
                        .map(part -> KeySchemaElement.builder()
                                .attributeName(part[0])
                                .keyType(part == parts.get(0) ? KeyType.HASH : KeyType.RANGE)
                                .build())
                        .toList()));
        made.add(name);
    }

    private String policy() throws IOException {
        return Files.writeString(directory.resolve("policy.yaml"), """
            apiVersion: imagemirror.dev/v1alpha1
            kind: MirrorPolicy
            metadata: {name: web}
            spec: {mirrors: [{source: a.example/b:1, destinations: [b.example/b]}]}
            """).toString();
    }
}
