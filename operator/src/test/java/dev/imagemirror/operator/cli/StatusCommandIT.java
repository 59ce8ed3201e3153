package dev.imagemirror.operator.cli;

import static dev.imagemirror.operator.testing.TestingValues.NOON;
import static dev.imagemirror.operator.testing.TestingValues.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.LowerCamel;
import dev.imagemirror.operator.domain.PairColumns;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.testing.TestingValues;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(120)
class StatusCommandIT {
    private static final String GOOD = "a.example/team/good:1";
    private static final String BAD = "a.example/team/bad:1";

    @AutoClose
    private final TestingCommands commands = new TestingCommands();

    @Test
    void listsTheWorstEntriesFirstAndCountsLast() {
        goodAndBad();
        assertThat(commands.run("status")).isEqualTo(Exit.SOME_FAILED);
        List<String> lines = commands.lines();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).split(" +")).containsExactly("SOURCE", "READY", "PAIRS", "DRIFT", "RECORDED", "REASON");
        assertThat(lines.get(1).split(" {2,}"))
                .containsExactly(BAD, "False", "1 Blocked, 1 InSync", "5m", "5m", "AccessDenied: log in");
        assertThat(lines.get(2).split(" {2,}")).containsExactly(GOOD, "True", "1 InSync", "-", "5m");
        assertThat(lines.get(3)).isEqualTo("2 entries, 1 ready; 3 pairs: 1 Blocked, 2 InSync");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusedItemsAreUnknownAndNotReady(String item, String attribute, AttributeValue value, String reason) {
        goodAndBad();
        commands.spoil(GOOD, item, attribute, value);

        assertThat(commands.run("status", GOOD)).isEqualTo(Exit.SOME_FAILED);

        assertThat(commands.lines().get(1)).startsWith(GOOD).contains("False").contains(reason);
        commands.run("status", GOOD, "-o", "json");
        assertThat(commands.out()).contains("\"state\" : \"Unknown\"").contains("\"ready\" : \"False\"");
        commands.run("explain", GOOD);
        assertThat(commands.out()).contains(reason);
        assertThat(commands.statusItems())
                .as("left alone")
                .anySatisfy(left -> assertThat(left).containsEntry(attribute, value));
    }

    static List<Arguments> refusals() {
        String newer = "written by a newer version (schema 3); upgrade this operator";
        AttributeValue three = AttributeValue.fromN("3");
        return List.of(
                Arguments.of("b.example/good:1", "SchemaVersion", three, newer),
                Arguments.of("#entry", "SchemaVersion", three, newer),
                Arguments.of("b.example/good:1", "Claim", AttributeValue.fromS("?"), "its claim cannot be read"),
                Arguments.of("b.example/good:1", "EndedClaims", AttributeValue.fromS("?"), "its claim cannot be read"));
    }

    @Test
    void nothingBlockedIsZeroEvenIfSomethingHasDrifted() {
        put(pair(GOOD, "b.example/x:1", PairState.held(Drift.MISSING, Reason.BACKOFF, "later")), false);
        assertThat(commands.run("status")).isEqualTo(Exit.OK);
        assertThat(commands.out()).contains("1 Missing").contains("Backoff: later");
    }

    @Test
    void wideShowsThePairsAndNothingIsCutInAPipe() {
        String longMessage = "x".repeat(300);
        put(pair(BAD, "b.example/x:1", PairState.held(Drift.UNKNOWN, Reason.ACCESS_DENIED, longMessage)), false);
        commands.run("status");
        assertThat(commands.out()).contains(longMessage).doesNotContain("->");
        commands.run("status", "-o", "wide");
        assertThat(commands.out()).contains(longMessage).contains(BAD + " -> b.example/x:1   Blocked   5m");
    }

    @Test
    void stateChoosesPairs() {
        goodAndBad();
        assertThat(commands.run("status", "--state", "blocked")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains(BAD + " -> b.example/bad:1")
                .doesNotContain("b.example/fine:1")
                .doesNotContain(GOOD);
        assertThat(commands.run("status", "--state", "Odd")).isEqualTo(Exit.USAGE);
        assertThat(commands.err()).contains("'Odd'").contains("Blocked, Unknown, Missing");
    }

    @Test
    void invalidRowShowsAllItsProblems() {
        commands.putRow("not a reference!", Map.of("Interval", AttributeValue.fromS("often")));
        commands.run("once");
        assertThat(commands.run("status")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("InvalidEntry: 3 problems")
                .contains("    Source: ")
                .contains("    Destination: is missing")
                .contains("    Interval: 'often' is not a duration");
        assertThat(commands.run("status", "--state", "Blocked")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out()).contains("not a reference!");
    }

    @Test
    void sourceSelectsEntriesInAnySpelling() {
        commands.putRow("docker.io/library/golang:1.17", "b.example/golang:1.17");
        commands.putRow(GOOD, "b.example/x:1");
        assertThat(commands.run("status", "golang:1.17")).isEqualTo(Exit.OK);
        assertThat(commands.out()).contains("docker.io/library/golang:1.17").doesNotContain(GOOD);
        assertThat(commands.run("status", "golang:1.18")).isEqualTo(Exit.NOT_FOUND);
        assertThat(commands.err()).contains("no entry 'golang:1.18'");
    }

    @Test
    void showsARowThatWasNotReconciledYet() {
        commands.putRow(GOOD, "b.example/x:1");
        assertThat(commands.run("status")).isEqualTo(Exit.OK);
        assertThat(commands.out()).contains("Unknown").contains("not reconciled yet");
    }

    @Test
    void readyOfAnOlderRevisionIsNotTakenForTheRowAsItIs() {
        put(pair(GOOD, "b.example/x:1", PairState.idle(Drift.IN_SYNC)), true);
        commands.putRow(
                GOOD,
                Map.of(
                        "Destination", AttributeValue.fromS("b.example/y:1"),
                        "Revision", AttributeValue.fromS("newer")));
        commands.run("status");
        assertThat(commands.lines().get(1).split(" {2,}"))
                .contains("Unknown", "the row has changed since it was last reconciled");
    }

    @Test
    void jsonHasTheAttributesInCamelCase() throws IOException {
        commands.putRow(GOOD, "b.example/x:1");
        commands.put(TestingValues.fullEntry(GOOD));
        commands.put(TestingValues.full(GOOD, "b.example/x:1"));
        commands.run("status", "-o", "json");
        JsonNode entry =
                new ObjectMapper().readTree(commands.out()).path("entries").path(0);
        assertThat(entry.path("source").asText()).isEqualTo(GOOD);
        assertThat(entry.path("problems")).hasSize(2);
        assertThat(entry.path("counts").path("Stale").asInt()).isEqualTo(1);
        assertThat(entry.path("tags").path("1.2").path("current").asText())
                .isEqualTo(digest("new").toString());
        JsonNode pair = entry.path("pairs").path(0);
        List<String> columns = PairColumns.ALL.stream()
                .map(column -> LowerCamel.of(column.name()))
                .toList();
        assertThat(columns)
                .as("names that programs know")
                .containsSubsequence(
                        "sourceDigest",
                        "destinationDigest",
                        "observedAt",
                        "lastTransitionAt",
                        "lastSyncedAt",
                        "attempts",
                        "divergences",
                        "retryDigest",
                        "nextAttemptAt");
        List<String> fields = new ArrayList<>(List.of(
                "sourceReference",
                "sourceTag",
                "destination",
                "state",
                "drift",
                "phase",
                "reason",
                "reasonInWords",
                "nextAction",
                "message"));
        fields.addAll(columns);
        fields.addAll(List.of("claim", "history"));
        assertThat(pair.fieldNames()).toIterable().containsExactlyElementsOf(fields);
        assertThat(pair.path("state").asText()).isEqualTo("Stale");
        assertThat(pair.path("observedAt").asText()).isEqualTo(NOON.toString());
        assertThat(pair.path("claim").path("jobId").asText()).isEqualTo("job-of-c0ffee");
        assertThat(pair.path("history").path(1).path("bytes").asLong()).isEqualTo(123_456_789_012L);
    }

    @Test
    void yamlSaysTheSameAsJson() throws IOException {
        commands.put(TestingValues.fullEntry(GOOD));
        commands.put(TestingValues.full(GOOD, "b.example/x:1"));
        commands.run("status", "-o", "json");
        JsonNode json = new ObjectMapper().readTree(commands.out());
        commands.run("status", "-o", "yaml");
        assertThat(new ObjectMapper(new YAMLFactory()).readTree(commands.out())).isEqualTo(json);
    }

    @Test
    void coloursComeOnATerminalOnlyAndNotWithNoColor() {
        goodAndBad();
        commands.run("status");
        assertThat(commands.out()).doesNotContain("\u001b");
        commands.onTerminal();
        commands.run("status");
        assertThat(commands.out()).contains("\u001b[31m" + BAD).contains("\u001b[32m" + GOOD);
        commands.environment.put("NO_COLOR", "1");
        commands.run("status");
        assertThat(commands.out()).doesNotContain("\u001b");
    }

    @Test
    void watchShowsChangesUntilItIsInterrupted() throws InterruptedException {
        Thread watch = new Thread(() -> commands.run("status", "--watch", "--every", "100ms"));
        watch.start();
        await().pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(commands.out()).contains("0 entries"));
        commands.putRow(GOOD, "b.example/x:1");
        await().pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(commands.out()).contains("1 entry"));
        assertThat(commands.out()).as("no terminal: nothing is redrawn").doesNotContain("\u001b");
        watch.interrupt();
        watch.join();
    }

    @Test
    void linesFitTheTerminalButAreWholeInAPipeAndWithWide() {
        String longMessage = "x".repeat(90);
        put(pair(BAD, "b.example/x:1", PairState.held(Drift.UNKNOWN, Reason.ACCESS_DENIED, longMessage)), false);
        commands.run("status");
        assertThat(commands.out()).contains(longMessage);
        commands.onTerminal(80);
        commands.environment.put("NO_COLOR", "1");
        commands.run("status", "--state", "Blocked");
        assertThat(commands.lines()).hasSize(4).allMatch(line -> line.length() <= 80);
        assertThat(commands.lines().get(1)).hasSize(80).endsWith("…").startsWith(BAD);
        commands.run("status", "-o", "wide");
        assertThat(commands.out()).contains(longMessage);
    }

    @Test
    void aNarrowTerminalShowsTheEndsOfSourcesAndTheBeginningsOfReasons() {
        String source = "registry.example.com/a/rather/long/path/app:1.17";
        put(pair(source, "b.example/x:1", PairState.held(Drift.UNKNOWN, Reason.ACCESS_DENIED, "x".repeat(90))), false);
        commands.onTerminal(80);
        commands.environment.put("NO_COLOR", "1");
        commands.run("status", source);
        assertThat(commands.lines().get(1))
                .hasSizeLessThanOrEqualTo(80)
                .startsWith("…")
                .contains("/path/app:1.17 ")
                .contains("AccessDenie");
    }

    @Test
    void watchRedrawsOnATerminal() throws InterruptedException {
        commands.onTerminal();
        Thread watch = new Thread(() -> commands.run("status", "--watch", "--every", "100ms"));
        watch.start();
        await().pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(commands.out()).contains("\u001b[H", "\u001b[K\n", "\u001b[J"));
        watch.interrupt();
        watch.join();
    }

    @Test
    void reportsAnUnknownOutputForm() {
        assertThat(commands.run("status", "-o", "bogus")).isEqualTo(Exit.USAGE);
        assertThat(commands.err())
                .startsWith("mirror-operator: --output 'bogus' is invalid; expected one of table, wide, json, yaml\n");
        assertThat(commands.run("status", "-o", "JSON")).isEqualTo(Exit.OK);
        assertThat(commands.out()).startsWith("{");
    }

    @Test
    void invalidPeriodIsAUsageError() {
        assertThat(commands.run("status", "--watch", "--every", "often")).isEqualTo(Exit.USAGE);
        assertThat(commands.err()).contains("--every 'often'");
        assertThat(commands.run("status", "--watch", "--every", "1ms")).isEqualTo(Exit.USAGE);
    }

    private void goodAndBad() {
        put(pair(GOOD, "b.example/good:1", PairState.idle(Drift.IN_SYNC)), true);
        put(pair(BAD, "b.example/bad:1", PairState.held(Drift.UNKNOWN, Reason.ACCESS_DENIED, "log in")), false);
        commands.put(pair(BAD, "b.example/fine:1", PairState.idle(Drift.IN_SYNC)));
    }

    /** A pair that came into its state five minutes ago. */
    private PairStatus pair(String key, String destination, PairState state) {
        return TestingValues.fresh(key, destination)
                .in(state, PairStatus.Seen.NOTHING, commands.clock.instant().minusSeconds(300));
    }

    private void put(PairStatus pair, boolean ready) {
        EntryKey key = pair.entry();
        commands.putRow(key.text(), pair.destination().toString());
        EntryStatus.Summary summary =
                new EntryStatus.Summary(EntryStatus.RowSeen.NONE, ready, StateCounts.of(List.of(pair)), List.of(), "");
        commands.put(new EntryStatus(key, summary, Map.of(), pair.times().observedAt(), 0));
        commands.put(pair);
    }
}
