package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line of standard output, the exit code and the words that go with them, of whole runs. */
class ReportIT {
    private static final String NAME = "team/app";
    private static final String TAG = "1.0";

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    private final TestingImage image =
            TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 10_000, 1).storedIn(source, NAME, TAG);

    @AutoClose
    private final TestingRegistry first = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry second = TestingRegistry.start();

    @Test
    void hasTheDocumentedFields() {
        second.enable(Trait.WRITES_DENIED);

        CommandRun run = mirror(first.reference(NAME, "1"), second.reference(NAME, "1"));

        assertThat(run.exit()).isEqualTo(77);
        JsonNode report = run.report();
        assertThat(report.fieldNames())
                .toIterable()
                .containsExactly(
                        "version", "engine", "source", "digest", "sourceBytes", "sourceRequests", "destinations");
        assertThat(report.path("version").asInt()).isEqualTo(1);
        assertThat(report.path("engine").asText()).isEqualTo("mirror");
        assertThat(report.path("source").asText()).isEqualTo(source.reference(NAME, TAG));
        assertThat(report.path("digest").asText()).isEqualTo(image.digest());
        assertThat(report.path("sourceBytes").asLong()).isEqualTo(image.blobBytes());
        assertThat(report.path("sourceRequests").asInt())
                .isEqualTo(source.requests().size());
        assertIsCopied(report.path("destinations").path(0));
        assertIsDenied(report.path("destinations").path(1));
    }

    private void assertIsCopied(JsonNode destination) {
        assertThat(destination.fieldNames())
                .toIterable()
                .containsExactly(
                        "destination", "outcome", "digest", "bytes", "bytesMounted", "bytesPresent", "requests");
        assertThat(destination.path("destination").asText()).isEqualTo(first.reference(NAME, "1"));
        assertThat(destination.path("outcome").asText()).isEqualTo("copied");
        assertThat(destination.path("digest").asText()).isEqualTo(image.digest());
        assertThat(destination.path("bytes").asLong()).isEqualTo(image.blobBytes());
        assertThat(destination.path("requests").asInt())
                .isEqualTo(first.requests().size());
    }

    private void assertIsDenied(JsonNode destination) {
        assertThat(destination.fieldNames())
                .toIterable()
                .containsExactly(
                        "destination",
                        "outcome",
                        "bytes",
                        "bytesMounted",
                        "bytesPresent",
                        "requests",
                        "reason",
                        "error");
        assertThat(destination.path("outcome").asText()).isEqualTo("failed");
        assertThat(destination.path("reason").asText()).isEqualTo("AccessDenied");
        assertThat(destination.path("error").asText()).contains(second.authority());
    }

    @Test
    void countsWhatIsMountedAndWhatIsThere() {
        second.content().putBlob(NAME, image.blobs().get(1).bytes());
        mirror(second.reference("other/app", "1"));

        CommandRun run = CommandRun.of(second.reference("other/app", "1"), second.reference(NAME, "1"));

        long present = image.blobs().get(1).size();
        assertThat(run.destination(0).path("bytesPresent").asLong()).isEqualTo(present);
        assertThat(run.destination(0).path("bytesMounted").asLong()).isEqualTo(image.blobBytes() - present);
        assertThat(run.destination(0).path("bytes").asLong()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s,%s", "%s %s", " %s ,\n%s, "})
    void takesDestinationsInOneWordAsAJobHasThem(String format) {
        CommandRun run = mirror(format.formatted(first.reference(NAME, "1"), second.authority() + "/" + NAME));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(image.differences(first, NAME, "1")).isEmpty();
        assertThat(image.differences(second, NAME, TAG)).isEmpty();
    }

    @Test
    void givesTheTagOfATagWithDigestToDestinationsWithoutOne() {
        TestingImage older = TestingImages.small(3);
        older.putInto(source, NAME, "");

        CommandRun run = CommandRun.of(
                source.reference(NAME, TAG) + "@" + older.digest(),
                first.authority() + "/" + NAME,
                second.reference(NAME, "other"));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(older.differences(first, NAME, TAG)).isEmpty();
        assertThat(older.differences(second, NAME, "other")).isEmpty();
        assertThat(source.requests("*", ".+/manifests/" + TAG)).isEmpty();
    }

    @Test
    void copiesADigestToATaggedDestination() {
        CommandRun run = CommandRun.of(source.reference(NAME, image.digest()), first.reference(NAME, "pinned"));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(image.differences(first, NAME, "pinned")).isEmpty();
        assertThat(run.report().path("digest").asText()).isEqualTo(image.digest());
    }

    @Test
    void copiesReferrersOnRequest() {
        TestingImage sbom = TestingImages.referrer(image, "application/vnd.example.sbom");
        sbom.putInto(source, NAME, "");
        String from = source.reference(NAME, TAG);

        CommandRun.of("--referrers", from, first.reference(NAME, TAG));
        CommandRun.with(Map.of("MIRROR_REFERRERS", "true"), from, second.reference(NAME, TAG));

        assertThat(sbom.differences(first, NAME, sbom.digest())).isEmpty();
        assertThat(sbom.differences(second, NAME, sbom.digest())).isEmpty();
    }

    @Test
    void reportsASourceThatDoesNotExistForEachDestination() {
        CommandRun run =
                CommandRun.of(source.reference(NAME, "none"), first.reference(NAME, "1"), second.reference(NAME, "1"));

        assertThat(run.exit()).isEqualTo(66);
        assertThat(run.report().has("digest")).isFalse();
        assertThat(run.report().path("destinations").findValuesAsText("reason"))
                .containsExactly("SourceNotFound", "SourceNotFound");
        assertThat(first.requests()).isEmpty();
        assertThat(second.requests()).isEmpty();
    }

    private CommandRun mirror(String... destinations) {
        List<String> words = new ArrayList<>(List.of(source.reference(NAME, TAG)));
        words.addAll(List.of(destinations));
        return CommandRun.of(words.toArray(String[]::new));
    }
}
