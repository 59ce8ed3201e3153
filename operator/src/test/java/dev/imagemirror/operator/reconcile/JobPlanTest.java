package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.CopyJobSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes into one job, and what does not. */
class JobPlanTest {
    private static final String REPOSITORY = "quay.io/team/app";

    private final Scene scene = new Scene();

    @Test
    void longDestinationsAreDividedSoThatTheParametersFit() {
        String path = "p".repeat(200);
        scene.mirrors.row(
                SOURCE,
                IntStream.range(0, 30)
                        .mapToObj(i -> "r" + i + ".example.com/" + path + ":1.17")
                        .collect(Collectors.joining(",")));
        scene.source(SOURCE, "v1");

        scene.operator.pass(SOURCE);

        List<Map<String, String>> parameters = parameters();
        assertThat(parameters).hasSize(2).allSatisfy(job -> {
            assertThat(job.get(CopyJobSpec.DESTINATIONS).length()).isLessThanOrEqualTo(5 * 1024);
            assertThat(characters(job)).as("Batch takes no more").isLessThanOrEqualTo(6 * 1024);
        });
        assertThat(parameters)
                .flatExtracting(job -> List.of(job.get(CopyJobSpec.DESTINATIONS).split(",", -1)))
                .hasSize(30)
                .doesNotHaveDuplicates();
    }

    @Test
    void destinationsThatFitExactlyGoIntoOneJob() {
        String host = "r.example.com/";
        String tag = ":1.17";
        int each = (5 * 1024 - 26 + 1) / 27; // 27 destinations, 26 commas
        int last = 5 * 1024 - 26 - 26 * each;
        scene.mirrors.row(
                SOURCE,
                IntStream.range(0, 27)
                        .mapToObj(i -> host + padded(i, (i < 26 ? each : last) - host.length() - tag.length()) + tag)
                        .collect(Collectors.joining(",")));
        scene.source(SOURCE, "v1");

        scene.operator.pass(SOURCE);

        assertThat(parameters())
                .singleElement()
                .satisfies(job -> assertThat(job.get(CopyJobSpec.DESTINATIONS)).hasSize(5 * 1024));
    }

    @Test
    void tagsOfDifferentDigestsThatDriftTogetherAreDifferentJobs() {
        tags();
        scene.source(REPOSITORY + ":1", "one");
        scene.source(REPOSITORY + ":2", "two");

        scene.operator.pass(REPOSITORY);

        assertThat(parameters())
                .containsExactlyInAnyOrder(
                        Map.of("source", REPOSITORY + ":1@" + digest("one"), "dest", "a.example.com/app:1"),
                        Map.of("source", REPOSITORY + ":2@" + digest("two"), "dest", "a.example.com/app:2"));
        assertThat(scene.pair(REPOSITORY, "a.example.com/app:2").claim().digest())
                .isEqualTo(digest("two"));
    }

    @Test
    void tagsOfOneDigestAreOneJob() {
        tags();
        scene.source(REPOSITORY + ":1", "same");
        scene.source(REPOSITORY + ":2", "same");

        scene.operator.pass(REPOSITORY);

        assertThat(parameters()).singleElement().satisfies(job -> {
            assertThat(job.get("source")).endsWith("@" + digest("same"));
            assertThat(job.get("dest").split(",", -1))
                    .containsExactlyInAnyOrder("a.example.com/app:1", "a.example.com/app:2");
        });
    }

    @Test
    void theDeadlineFollowsFromTheSizeOfTheImage() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.registries.size("docker.io/library/golang", digest("v1"), 1L << 30);

        assertThat(submittedDeadline()).isEqualTo(1412);
    }

    @Test
    void aJobOfUnknownSizeGetsTheLongestDeadline() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");

        assertThat(submittedDeadline()).isEqualTo(12 * 60 * 60);
    }

    private int submittedDeadline() {
        scene.operator.pass(SOURCE);
        return scene.queue.spec(scene.onlyJob()).deadlineSeconds();
    }

    private void tags() {
        scene.mirrors.row(
                REPOSITORY, Map.of("Destination", "a.example.com/app", "Tags", Map.of("Include", List.of("*"))));
        scene.registries.tags(REPOSITORY, "1", "2");
    }

    private List<Map<String, String>> parameters() {
        return scene.runningJobs().stream()
                .map(job -> scene.queue.spec(job.id()).parameters())
                .toList();
    }

    private static int characters(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .mapToInt(one -> one.getKey().length() + one.getValue().length())
                .sum();
    }

    private static String padded(int number, int length) {
        String text = "p" + number;
        return text + "x".repeat(length - text.length());
    }
}
