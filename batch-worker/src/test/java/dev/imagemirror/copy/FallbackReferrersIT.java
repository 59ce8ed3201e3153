package dev.imagemirror.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Registries without the referrers API: a tag {@code sha256-<hex>} of the subject lists them instead. */
class FallbackReferrersIT {
    private static final String NAME = "team/app";
    private static final String TAG = "1.0";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestingImage image = TestingImages.small(1);
    private final TestingImage sbom = TestingImages.referrer(image, "application/vnd.example.sbom");
    private final TestingImage scan = TestingImages.referrer(image, "application/vnd.example.scan");
    private final String fallbackTag = image.digest().replace(':', '-');

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry destination =
            TestingRegistry.builder().with(Trait.NO_REFERRERS).start();

    @AutoClose
    private final CopyTrial trial = new CopyTrial();

    @BeforeEach
    void fillTheSource() {
        image.putInto(source, NAME, TAG);
        sbom.putInto(source, NAME, "");
    }

    @Test
    void findsReferrersByTheTagWhereThereIsNoApi() {
        source.enable(Trait.NO_REFERRERS);
        TestingImage.index().add(sbom).build().putInto(source, NAME, fallbackTag);
        destination.disable(Trait.NO_REFERRERS);

        copy();

        assertThat(sbom.differences(destination, NAME, sbom.digest())).isEmpty();
        assertThat(destination.content().tags(NAME)).containsExactly(TAG);
    }

    @Test
    void copiesAnImageWithNeitherApiNorTag() {
        source.enable(Trait.NO_REFERRERS);

        CopyReport report = copy();

        assertThat(report.isComplete()).isTrue();
        assertThat(destination.content().tags(NAME)).containsExactly(TAG);
    }

    @Test
    void writesTheListWhereTheRegistryKeepsNone() throws Exception {
        scan.putInto(source, NAME, "");

        copy();

        assertThat(destination.content().mediaType(NAME, fallbackTag)).hasValue(MediaTypes.OCI_INDEX);
        JsonNode index = list();
        assertThat(index.path("schemaVersion").asInt()).isEqualTo(2);
        assertThat(index.path("mediaType").asText()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(index.path("manifests").findValuesAsText("digest"))
                .containsExactlyInAnyOrder(sbom.digest(), scan.digest());
        assertThat(index.path("manifests").findValuesAsText("artifactType"))
                .containsExactlyInAnyOrder("application/vnd.example.sbom", "application/vnd.example.scan");
        JsonNode first = index.path("manifests").path(0);
        assertThat(first.path("mediaType").asText()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(first.path("size").asInt())
                .isEqualTo(
                        first.path("digest").asText().equals(sbom.digest())
                                ? sbom.bytes().length
                                : scan.bytes().length);
        assertThat(first.at("/annotations/org.example.kind").asText()).isEqualTo("sbom");
    }

    @Test
    void keepsWhatTheListHadAlready() throws Exception {
        TestingImage own = TestingImages.referrer(image, "application/vnd.example.own");
        own.putInto(destination, NAME, "");
        String existing =
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"annotations\":{\"by\":\"hand\"},\"manifests\":[%s]}"
                        .formatted(
                                MediaTypes.OCI_INDEX,
                                "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"x-own\":[1,2]}"
                                        .formatted(own.mediaType(), own.digest(), own.bytes().length));
        destination.content().putManifest(NAME, fallbackTag, MediaTypes.OCI_INDEX, existing.getBytes(UTF_8));

        copy();

        JsonNode index = list();
        assertThat(index.at("/annotations/by").asText()).isEqualTo("hand");
        assertThat(index.path("manifests").findValuesAsText("digest")).containsExactly(own.digest(), sbom.digest());
        assertThat(index.path("manifests").path(0))
                .isEqualTo(JSON.readTree(existing).path("manifests").path(0));
    }

    @Test
    void listsALaterReferrerToo() throws Exception {
        copy();
        scan.putInto(source, NAME, "");

        copy();

        assertThat(list().path("manifests").findValuesAsText("digest")).containsExactly(sbom.digest(), scan.digest());
    }

    @Test
    void listsAReferrerThatIsThereButNotListed() throws Exception {
        sbom.putInto(destination, NAME, "");

        copy();

        assertThat(list().path("manifests").findValuesAsText("digest")).containsExactly(sbom.digest());
    }

    @Test
    void writesNothingWhenAllIsListed() {
        copy();
        destination.clearRequests();

        copy();

        assertThat(destination.requests("PUT", ".+")).isEmpty();
    }

    @Test
    void leavesATagAloneThatIsNoList() {
        TestingImages.small(9).putInto(destination, NAME, fallbackTag);

        CopyReport report = copy();

        assertThat(report.destinations().get(0).errorKind()).isEqualTo(ErrorKind.REFUSED);
        assertThat(report.destinations().get(0).error()).contains(fallbackTag, "remove that tag");
        assertThat(destination.content().tagDigest(NAME, fallbackTag))
                .hasValue(TestingImages.small(9).digest());
    }

    private CopyReport copy() {
        return trial.copyWithReferrers(source.reference(NAME, TAG), destination.reference(NAME, TAG));
    }

    private JsonNode list() throws IOException {
        return JSON.readTree(destination.content().manifest(NAME, fallbackTag).orElseThrow());
    }
}
