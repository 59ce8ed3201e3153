package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.TestingImages;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(120)
class PlanCommandIT extends CommandsWithRegistries {
    @Test
    void showsWhatWouldBeCopiedAndWhy() {
        String digest = TestingImages.small(1).putInto(from, "team/app", "1");
        String other = TestingImages.small(2).putInto(to, "copy/stale", "1");
        String source = from.reference("team/app", "1");
        commands.putRow(source, to.reference("copy/app", "1") + "," + to.reference("copy/stale", "1"));

        assertThat(commands.run("plan")).as(commands.err()).isEqualTo(Exit.OK);
        assertThat(commands.lines())
                .containsExactlyInAnyOrder(
                        "+ would copy " + source + "@" + digest + " -> " + to.reference("copy/app", "1")
                                + " (Missing: no such tag at the destination)",
                        "+ would copy " + source + "@" + digest + " -> " + to.reference("copy/stale", "1")
                                + " (Stale: the destination has " + other + ")",
                        "2 pairs would be copied, 0 not");
    }

    /** A misspelt attribute may be why. */
    @Test
    void reportsIgnoredAttributesWithOtherProblems() {
        TestingImages.small(1).putInto(from, "team/app", "1");
        String source = from.reference("team/app", "missing");
        commands.putRow(
                source,
                Map.of(
                        "Destination",
                        AttributeValue.fromS(to.reference("copy/app", "1")),
                        "Tgas",
                        AttributeValue.fromM(Map.of())));
        String notice = "attribute 'Tgas' is unknown and ignored; did you mean Tags?";
        commands.run("plan");
        assertThat(commands.lines()).contains("! " + source + ": " + notice);
        commands.run("explain", source);
        assertThat(commands.out()).as("not reconciled yet").contains(notice);
        commands.run("once");
        commands.run("status");
        assertThat(commands.out()).contains("SourceNotFound").contains(notice);
    }

    @Test
    void invalidRowHasTheExitCodeOfOnce() {
        commands.putRow("!", "?");
        assertThat(commands.run("plan")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out()).contains("! !: Source: ");
        assertThat(commands.run("once")).isEqualTo(Exit.SOME_FAILED);
    }

    @Test
    void unlistableTagsHaveTheExitCodeOfOnce() {
        String source = from.reference("team/none", "1").replace(":1", "");
        commands.putRow(
                source,
                Map.of(
                        "Destination",
                        AttributeValue.fromS(to.reference("copy/app", "1").replace(":1", "")),
                        "Tags",
                        AttributeValue.fromM(
                                Map.of("Include", AttributeValue.fromL(List.of(AttributeValue.fromS("*")))))));
        assertThat(commands.run("plan")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out()).contains("! " + source + ": tags cannot be listed: ");
        assertThat(commands.run("once")).isEqualTo(Exit.SOME_FAILED);
    }

    @Test
    void noticeAloneIsNoFailure() {
        TestingImages.small(1).putInto(from, "team/app", "1");
        commands.putRow(
                from.reference("team/app", "1"),
                Map.of(
                        "Destination",
                        AttributeValue.fromS(to.reference("copy/app", "1")),
                        "Tgas",
                        AttributeValue.fromM(Map.of())));
        assertThat(commands.run("plan")).isEqualTo(Exit.OK);
        assertThat(commands.out()).contains("did you mean Tags?");
    }

    @Test
    void writesAndSubmitsNothing() {
        TestingImages.small(1).putInto(from, "team/app", "1");
        TestingImages.small(2).putInto(from, "team/gone", "1");
        commands.putRow(from.reference("team/gone", "1"), to.reference("copy/gone", "1"));
        commands.run("once");
        commands.removeRow(from.reference("team/gone", "1"));
        commands.putRow(from.reference("team/app", "1"), to.reference("copy/app", "1"));
        commands.putRow("!", "?");
        var rows = commands.rows();
        var statuses = commands.statusItems();
        from.clearRequests();
        to.clearRequests();

        assertThat(commands.run("plan")).as("a row is invalid").isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("+ would copy")
                .contains("- " + from.reference("team/gone", "1") + ": the row was deleted")
                .contains("- " + to.reference("copy/gone", "1") + ": no longer mirrored")
                .contains("! !: Source: ");
        assertThat(commands.rows()).isEqualTo(rows);
        assertThat(commands.statusItems()).containsExactlyInAnyOrderElementsOf(statuses);
        assertThat(Stream.concat(from.requests().stream(), to.requests().stream()))
                .isNotEmpty()
                .extracting(RecordedRequest::method)
                .isSubsetOf(Set.of("HEAD", "GET"));
    }

    @Test
    void showsWhyTheRestIsNotCopied() {
        TestingImages.small(1).putInto(from, "team/app", "1");
        TestingImages.small(1).putInto(to, "copy/same", "1");
        String source = from.reference("team/app", "1");
        commands.putRow(
                source,
                Map.of(
                        "Destination",
                        AttributeValue.fromL(List.of(
                                AttributeValue.fromS(to.reference("copy/app", "1")),
                                AttributeValue.fromS(to.reference("copy/same", "1")))),
                        "Suspend",
                        AttributeValue.fromBool(true)));
        commands.putRow(from.reference("team/none", "1"), to.reference("copy/none", "1"));

        assertThat(commands.run("plan")).as("a source does not exist").isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("~ " + source + " -> " + to.reference("copy/app", "1") + ": Suspended (Suspended: ")
                .contains("= " + source + " -> " + to.reference("copy/same", "1") + ": InSync")
                .contains("! " + from.reference("team/none", "1"))
                .contains("0 pairs would be copied, 3 not");
    }

    @Test
    void ofTwoNewRowsWithOneDestinationOneWouldCopy() {
        TestingImages.small(1).putInto(from, "team/app", "1");
        String source = from.reference("team/app", "1");
        commands.putRow(source + "#one", to.reference("copy/app", "1"));
        commands.putRow(source + "#two", to.reference("copy/app", "1"));

        assertThat(commands.run("plan", source)).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out()).contains("DestinationConflict").contains("1 pair would be copied, 1 not");
    }

    @Test
    void namedSourceAloneIsPlanned() {
        TestingImages.small(1).putInto(from, "team/app", "1");
        commands.putRow(from.reference("team/app", "1"), to.reference("copy/app", "1"));
        commands.putRow(from.reference("team/other", "1"), to.reference("copy/other", "1"));

        assertThat(commands.run("plan", from.reference("team/app", "1"))).isEqualTo(Exit.OK);
        assertThat(commands.out()).doesNotContain("team/other");
        assertThat(commands.run("plan", "no/such:1")).isEqualTo(Exit.NOT_FOUND);
    }
}
