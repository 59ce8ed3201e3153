package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several destinations that end differently: one exit code, and a report that tells them apart. */
class FailurePrecedenceIT {
    private static final String NAME = "team/app";
    private static final String TAG = "1.0";

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    private final TestingImage image = TestingImages.small(1);
    private final List<TestingRegistry> destinations = new ArrayList<>();

    @AfterEach
    void stop() {
        destinations.forEach(TestingRegistry::close);
    }

    private void addDestination(String outcome) {
        TestingRegistry registry = TestingRegistry.start();
        destinations.add(registry);
        switch (outcome) {
            case "copied" -> {}
            case "present" -> image.putInto(registry, NAME, TAG);
            case "Temporary" ->
                // longer than the command waits, so that it gives up at once
                registry.fault(Fault.on("*", ".*").always().then(Faults.tooManyRequests(Duration.ofHours(1))));
            case "AccessDenied" -> registry.enable(Trait.WRITES_DENIED);
            case "RepositoryNotFound" -> registry.enable(Trait.REPOSITORIES_MUST_EXIST);
            case "Refused" -> registry.enable(Trait.READ_ONLY);
            case "ImmutableTag" -> {
                TestingImages.small(2).putInto(registry, NAME, TAG);
                registry.enable(Trait.IMMUTABLE_TAGS);
            }
            default -> throw new IllegalArgumentException(outcome);
        }
    }

    private CommandRun mirror() {
        List<String> words = new ArrayList<>(List.of(source.reference(NAME, TAG)));
        destinations.forEach(registry -> words.add(registry.authority() + "/" + NAME));
        return CommandRun.of(words.toArray(String[]::new));
    }

    private static String word(JsonNode destination) {
        String outcome = destination.path("outcome").asText();
        return outcome.equals("failed") ? destination.path("reason").asText() : outcome;
    }

    @ParameterizedTest
    @CsvSource({
        "0, copied present",
        "69, Temporary AccessDenied RepositoryNotFound copied",
        "69, ImmutableTag AccessDenied Temporary",
        "77, RepositoryNotFound copied AccessDenied ImmutableTag",
        "77, AccessDenied present",
        "73, copied RepositoryNotFound",
        "73, ImmutableTag copied",
        "73, Refused present copied"
    })
    void exitsByTheWorstAndReportsEach(int exit, String outcomes) {
        image.putInto(source, NAME, TAG);
        List.of(outcomes.split(" ", -1)).forEach(this::addDestination);

        CommandRun run = mirror();

        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.report().path("destinations"))
                .extracting(FailurePrecedenceIT::word)
                .containsExactly(outcomes.split(" ", -1));
        assertThat(run.report().path("destinations")).allSatisfy(destination -> {
            boolean failed = destination.path("outcome").asText().equals("failed");
            assertThat(destination.path("error").asText().isEmpty()).isEqualTo(!failed);
        });
    }

    @Test
    void exitsWith66WhenTheSourceDoesNotExist() {
        addDestination("copied");
        addDestination("copied");

        CommandRun run = mirror();

        assertThat(run.exit()).as(run.err()).isEqualTo(66);
        assertThat(run.report().path("destinations"))
                .extracting(FailurePrecedenceIT::word)
                .containsExactly("SourceNotFound", "SourceNotFound");
        assertThat(run.report().has("digest")).isFalse();
    }

    @Test
    void exitsWith65WhenABlobOfTheSourceDoesNotExist() {
        image.putInto(source, NAME, TAG);
        source.content().delete(NAME, image.blobs().get(1).digest());
        addDestination("copied");
        addDestination("present");

        CommandRun run = mirror();

        assertThat(run.exit()).as(run.err()).isEqualTo(65);
        assertThat(run.report().path("destinations"))
                .extracting(FailurePrecedenceIT::word)
                .containsExactly("IncompleteSource", "present");
        assertThat(destinations.get(0).content().tags(NAME)).isEmpty();
    }

    @Test
    void exitsWith65WhenTheImageIsInvalid() {
        source.content().putManifest(NAME, TAG, "application/vnd.oci.image.manifest.v1+json", new byte[] {'{'});
        addDestination("copied");

        CommandRun run = mirror();

        assertThat(run.exit()).as(run.err()).isEqualTo(65);
        assertThat(word(run.destination(0))).isEqualTo("InvalidImage");
    }

    @Test
    void prefersADestinationsFaultToTheSources() {
        addDestination("copied");
        addDestination("AccessDenied");
        image.putInto(source, NAME, TAG);
        source.content().delete(NAME, image.blobs().get(1).digest());
        CommandRun run = mirror();

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(word(run.destination(0))).isEqualTo("IncompleteSource");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 406, 410, 416})
    void blamesTheSourceForItsRefusals(int status) {
        image.putInto(source, NAME, TAG);
        source.fault(Fault.on("GET", ".+/manifests/.+").always().then(Faults.status(status)));
        addDestination("copied");

        CommandRun run = mirror();

        assertThat(run.exit()).as(run.err()).isEqualTo(66);
        assertThat(word(run.destination(0))).isEqualTo("SourceRefused");
        assertThat(run.destination(0).path("error").asText())
                .startsWith("the source refused the request: " + source.authority())
                .contains(Integer.toString(status));
    }
}
