package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.testing.image.TestingImages;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Every kind of bad row in one table with a good one: each has a status that names every problem, and delays no other. */
@Timeout(120)
class BadRowsIT extends CommandsWithRegistries {
    private final String good = "localhost:" + from.port() + "/team/zzz:1"; // sorts last

    @BeforeEach
    void putTheGoodOne() {
        TestingImages.small(1).putInto(from, "team/zzz", "1");
        TestingImages.small(1).putInto(from, "team/app", "1");
        TestingImages.small(2).putInto(to, "team/app", "1");
        commands.putRow(good, to.reference("copy/zzz", "1"));
    }

    @Test
    void invalidRowsReportEveryProblem() {
        commands.putRow(
                "a/types",
                Map.of(
                        "Destination", AttributeValue.fromN("5"),
                        "Interval", AttributeValue.fromBool(true),
                        "Suspend", AttributeValue.fromS("yes"),
                        "Tags", AttributeValue.fromSs(List.of("1.*"))));
        commands.putRow("a/none:1", Map.of());
        commands.putRow("UPPER/malformed:1", "https://b.example/x, b.example/UPPER");
        commands.putRow(
                "a/many:1",
                IntStream.range(0, 2000).mapToObj(i -> "b.example/x" + i).collect(Collectors.joining(",")));
        commands.putRow("a/large:1", "x".repeat(390_000));

        sweep();

        assertThatProblemsOf(
                "a/types", "Destination: is a number (N)", "Tags: is a set", "Interval: is a boolean", "Suspend: is a");
        assertThatProblemsOf("a/none:1", "Destination: is missing");
        assertThatProblemsOf("UPPER/malformed:1", "Source: ", "Destination: ", "Destination: ");
        assertThatProblemsOf("a/many:1", "Destination: has 2000 references; write at most 200");
        assertThatProblemsOf("a/large:1", "Destination: ");
        assertThat(summary("a/large:1").problems().toString()).hasSizeLessThan(2000);
    }

    @Test
    void unknownAttributesAreNamedAndTheRowIsMirrored() {
        String source = from.reference("team/app", "1");
        commands.putRow(
                source,
                Map.of(
                        "Destination", AttributeValue.fromS(to.reference("copy/app", "1")),
                        "Colour", AttributeValue.fromS("blue"),
                        "Notes", AttributeValue.fromS("y".repeat(390_000))));

        sweep();

        assertThat(summary(source).row().notices())
                .anyMatch(notice -> notice.contains("'Colour' is unknown"))
                .anyMatch(notice -> notice.contains("'Notes' is unknown"));
        assertThat(commands.pair(source).state().word()).isEqualTo("InSync");
    }

    @Test
    void aSourceThatIsItsDestinationIsACycle() {
        String source = from.reference("team/app", "1");
        commands.putRow(source, source + "," + to.reference("copy/app", "1"));

        sweep();

        assertThat(pair(source, source).state().reason()).isEqualTo(Reason.CYCLE);
        assertThat(pair(source, source).state().message()).contains("is the source itself");
        assertThat(pair(source, to.reference("copy/app", "1")).state().word()).isEqualTo("InSync");
    }

    @Test
    void rowsThatMirrorEachOtherAreBothACycleAndNothingIsCopied() {
        String one = from.reference("team/app", "1");
        String two = to.reference("team/app", "1");
        commands.putRow(one, two);
        commands.putRow(two, one);

        sweep();

        for (String source : List.of(one, two)) {
            assertThat(commands.pair(source).state().reason()).isEqualTo(Reason.CYCLE);
            assertThat(commands.pair(source).state().message()).isNotBlank();
        }
        assertThat(to.content().tagDigest("team/app", "1"))
                .contains(TestingImages.small(2).digest());
    }

    @Test
    void ofTwoRowsWithOneDestinationTheLoserNamesTheOther() {
        String one = from.reference("team/app", "1");
        String two = from.reference("team/zzz", "1");
        String destination = to.reference("copy/app", "1");
        commands.putRow(one, destination);
        commands.putRow(two, destination);

        sweep();

        List<PairStatus> pairs = List.of(commands.pair(one), commands.pair(two));
        assertThat(pairs)
                .filteredOn(pair -> pair.state().word().equals("InSync"))
                .hasSize(1);
        assertThat(pairs)
                .filteredOn(pair -> pair.state().reason() == Reason.DESTINATION_CONFLICT)
                .singleElement()
                .satisfies(loser -> assertThat(loser.state().message())
                        .contains(loser.entry().text().equals(one) ? two : one));
    }

    private void sweep() {
        commands.run("once");
        assertThat(to.content().tagDigest("copy/zzz", "1")).as("the good row").isPresent();
        assertThat(commands.pair(good).state().word()).isEqualTo("InSync");
        assertThat(commands.out()).doesNotContain("reconcile failed");
    }

    private void assertThatProblemsOf(String key, String... beginnings) {
        List<String> problems = summary(key).problems();
        assertThat(problems).as(key).hasSize(beginnings.length);
        for (int i = 0; i < beginnings.length; i++) {
            assertThat(problems.get(i)).as(key).startsWith(beginnings[i]);
        }
        assertThat(summary(key).counts().byWord()).containsOnly(Map.entry("Blocked", 1));
        assertThat(commands.out()).contains(key + ": " + problems.get(0));
    }

    private EntryStatus.Summary summary(String key) {
        return commands.statuses().load(new EntryKey(key)).entry().summary();
    }

    private PairStatus pair(String key, String destination) {
        return commands.statuses().load(new EntryKey(key)).pairs().stream()
                .filter(pair -> pair.pair().destination().toString().equals(destination))
                .findFirst()
                .orElseThrow();
    }
}
