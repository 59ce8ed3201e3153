package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.testing.TestingAws;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Entries within ECR, as the operator is wired: what is in sync costs lists of images and nothing else. */
@Timeout(120)
class EcrSweepIT {
    private static final String HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
    private static final String SOURCE = HOST + "/team/app";
    private static final int PAGES = 3;
    private static final int PAGE = 2;

    @AutoClose
    private final TestingCommands commands = new TestingCommands();

    @AutoClose
    private final TestingAws ecr = TestingAws.start().on("ListImages", EcrSweepIT::page);

    @BeforeEach
    void putRows() {
        commands.aws.endpoint("Ecr", ecr.url());
        putRow("#a", "copy/one");
        putRow("#b", "copy/two");
        assertThat(commands.run("once")).as(commands.out() + commands.err()).isZero();
    }

    @Test
    void twoEntriesOfOneRepositoryListItOnceAndEachDestinationOnce() {
        assertThat(commands.lines()).containsExactly("2 entries: 12 InSync");
        assertThat(lists())
                .containsOnly(Map.entry("team/app", PAGES), Map.entry("copy/one", PAGES), Map.entry("copy/two", PAGES));
    }

    @Test
    void aSweepOverWhatIsInSyncWritesNothing() {
        var before = commands.statusItems();
        assertThat(commands.run("once")).isZero();
        assertThat(commands.statusItems()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void repositoryAndTagChooseTheEntriesThatCopyThatImage() {
        assertThat(commands.run("once", "team/app", "t1")).isZero();
        assertThat(commands.lines()).containsExactly("2 entries: 12 InSync");
        commands.run("once", "team/app", "other");
        assertThat(commands.lines()).containsExactly("0 entries: no pairs");
    }

    @Test
    void anImageThatIsADestinationChoosesTheEntriesThatCopyToIt() {
        assertThat(commands.run("once", "copy/two", "t1")).isZero();
        assertThat(commands.lines()).containsExactly("1 entry: 6 InSync");
    }

    @Test
    void invalidImageIsAUsageError() {
        assertThat(commands.run("once", "team/App", "t1")).isEqualTo(Exit.USAGE);
        assertThat(commands.err()).contains("team/App");
    }

    private void putRow(String owner, String destination) {
        commands.putRow(
                SOURCE + owner,
                Map.of(
                        "Destination", AttributeValue.fromS(HOST + "/" + destination),
                        "Tags",
                                AttributeValue.fromM(
                                        Map.of("Include", AttributeValue.fromL(List.of(AttributeValue.fromS("t*")))))));
    }

    /** Pages of {@code ListImages} by repository. */
    private Map<String, Integer> lists() {
        return ecr.calls().stream()
                .collect(Collectors.groupingBy(
                        call -> call.input().path("repositoryName").asText(), Collectors.summingInt(call -> 1)));
    }

    /** The same images in every repository. */
    private static String page(TestingAws.Call call) {
        JsonNode next = call.input().path("nextToken");
        int page = next.isMissingNode() ? 0 : Integer.parseInt(next.asText());
        String images = IntStream.range(page * PAGE, (page + 1) * PAGE)
                .mapToObj(i -> "{\"imageTag\":\"t" + i + "\",\"imageDigest\":\"" + Digest.sha256(new byte[] {(byte) i})
                        + "\"}")
                .collect(Collectors.joining(","));
        String more = page + 1 < PAGES ? ",\"nextToken\":\"" + (page + 1) + "\"" : "";
        return "{\"imageIds\":[" + images + "]" + more + "}";
    }
}
