package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dry run says what a copy would do and does none of it. */
class DryRunIT {
    private static final String NAME = "team/app";
    private static final String TAG = "1.0";

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    private final TestingImage image =
            TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 10_000, 1).storedIn(source, NAME, TAG);

    @AutoClose
    private final TestingRegistry bare = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry partial = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry equal = TestingRegistry.start();

    @BeforeEach
    void fill() {
        image.putInto(equal, NAME, TAG);
        TestingImages.small(2).putInto(partial, NAME, TAG);
        partial.content().putBlob(NAME, present().bytes());
    }

    @Test
    void changesNothing() {
        CommandRun run = dryRun("--dry-run");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(List.of(source, bare, partial, equal))
                .allSatisfy(registry -> assertThat(registry.requests())
                        .isNotEmpty()
                        .extracting(RecordedRequest::method)
                        .isSubsetOf("HEAD", "GET"));
        assertThat(source.requests("GET", ".+/blobs/.+")).isEmpty();
        assertThat(bare.content().repositories()).isEmpty();
    }

    @Test
    void isRefusedTogetherWithReferrersWhichItWouldNotLookAt() {
        CommandRun run = dryRun("--dry-run", "--referrers");

        assertThat(run.exit()).as(run.err()).isEqualTo(64);
        assertThat(run.err()).contains("--dry-run", "--referrers", "MIRROR_DRY_RUN", "MIRROR_REFERRERS");
        assertThat(List.of(source, bare, partial, equal))
                .allSatisfy(registry -> assertThat(registry.requests()).isEmpty());
    }

    @Test
    void reportsWhatWouldBeCopied() {
        CommandRun run = dryRun("-n");

        JsonNode whole = run.destination(0);
        assertThat(whole.path("outcome").asText()).isEqualTo("planned");
        assertThat(whole.path("bytes").asLong()).isEqualTo(image.blobBytes());
        assertThat(whole.path("bytesPresent").asLong()).isZero();
        assertThat(whole.has("digest")).isFalse();
        JsonNode part = run.destination(1);
        assertThat(part.path("outcome").asText()).isEqualTo("planned");
        assertThat(part.path("bytes").asLong())
                .isEqualTo(image.blobBytes() - present().size());
        assertThat(part.path("bytesPresent").asLong()).isEqualTo(present().size());
        assertThat(part.path("digest").asText())
                .isEqualTo(TestingImages.small(2).digest());
        assertThat(run.destination(2).path("outcome").asText()).isEqualTo("present");
    }

    @Test
    void saysItInWordsToo() {
        assertThat(dryRun("--dry-run").err())
                .contains(bare.reference(NAME, TAG) + " would be copied: ", " to move, 0 B already there")
                .contains(equal.reference(NAME, TAG) + " already in sync");
    }

    @Test
    void canBeAskedForByTheEnvironment() {
        CommandRun run = CommandRun.with(
                Map.of("MIRROR_DRY_RUN", "true"), source.reference(NAME, TAG), bare.reference(NAME, TAG));

        assertThat(run.destination(0).path("outcome").asText()).isEqualTo("planned");
        assertThat(bare.content().repositories()).isEmpty();
    }

    private CommandRun dryRun(String... options) {
        List<String> words = new ArrayList<>(List.of(options));
        List.of(source, bare, partial, equal).forEach(registry -> words.add(registry.reference(NAME, TAG)));
        return CommandRun.of(words.toArray(String[]::new));
    }

    private TestingBlob present() {
        return image.blobs().get(1);
    }
}
