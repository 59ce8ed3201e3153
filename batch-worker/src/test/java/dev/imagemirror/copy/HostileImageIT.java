package dev.imagemirror.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.image.IndexBuilder;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are wrong on purpose end in a typed error, before anything is pushed. */
class HostileImageIT {
    private static final int MOST_NESTED = 8;
    private static final int MANIFEST_LIMIT = 4 * 1024 * 1024;

    @AutoClose
    private final TestingCopy copy = TestingCopy.toOne();

    private static TestingImage nested(int depth) {
        TestingImage image = TestingImages.small(1);
        for (int level = 0; level < depth; level++) {
            image = TestingImage.index().add(image).build();
        }
        return image;
    }

    private static TestingImage withAnnotation(int bytes, long seed) {
        return TestingImage.manifest()
                .layers(LayerKind.GZIP, 1, 1000, seed)
                .annotation("org.example.large", "x".repeat(bytes))
                .build();
    }

    private void put(TestingImage image) {
        image.putInto(copy.source(), TestingCopy.NAME, TestingCopy.TAG);
    }

    private void put(String mediaType, String manifest) {
        copy.source().content().putManifest(TestingCopy.NAME, TestingCopy.TAG, mediaType, manifest.getBytes(UTF_8));
    }

    private void assertNothingPushed() {
        assertThat(copy.destination().requests("PUT", ".*")).isEmpty();
        assertThat(copy.destination().requests("POST", ".*")).isEmpty();
    }

    @Test
    void refusesAnIndexThatSaysItContainsItself() {
        String digest = "sha256:" + "12".repeat(32);
        String index =
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":200}]}"
                        .formatted(MediaTypes.OCI_INDEX, MediaTypes.OCI_INDEX, digest);
        copy.source().content().putManifestAs(TestingCopy.NAME, digest, MediaTypes.OCI_INDEX, index.getBytes(UTF_8));
        copy.source().content().putTag(TestingCopy.NAME, TestingCopy.TAG, digest);

        DestinationReport report = copy.fails(ErrorKind.TEMPORARY);

        assertThat(report.error()).contains(digest, "corrupted");
        assertNothingPushed();
    }

    @Test
    void copiesAnIndexNestedAsDeepAsIsAllowed() {
        TestingImage image = nested(MOST_NESTED);
        put(image);

        copy.copies(image);
    }

    @Test
    void refusesAnIndexNestedDeeper() {
        put(nested(MOST_NESTED + 1));

        DestinationReport report = copy.fails(ErrorKind.INVALID_IMAGE);

        assertThat(report.error()).contains("nested deeper");
        assertNothingPushed();
    }

    @Test
    void copiesAChildOnceThatAnIndexNamesTwice() {
        TestingImage child = TestingImages.small(2);
        TestingImage index =
                TestingImage.index().add(child).add(child).add(child).build();
        put(index);

        copy.copies(index);

        assertThat(copy.destination().requests("PUT", TestingCopy.manifestPath(child.digest())))
                .hasSize(1);
        assertThat(copy.source().requests("GET", TestingCopy.manifestPath(child.digest())))
                .hasSize(1);
        assertThat(copy.reads(child.blobs().get(1).digest())).hasSize(1);
    }

    @Test
    void copiesAManifestJustWithinTheLimit() {
        TestingImage image = withAnnotation(MANIFEST_LIMIT - 2000, 3);
        assertThat(image.bytes().length).isBetween(MANIFEST_LIMIT - 2000, MANIFEST_LIMIT);
        put(image);

        copy.copies(image);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesAManifestOverTheLimit(boolean child) {
        TestingImage large = withAnnotation(MANIFEST_LIMIT, 3);
        put(child ? TestingImage.index().add(large).build() : large);

        DestinationReport report = copy.fails(ErrorKind.INVALID_IMAGE);

        assertThat(report.error()).contains(large.digest(), "larger than");
        assertThat(copy.clock().waits()).isEmpty();
        assertNothingPushed();
    }

    @Test
    void refusesManifestsThatAreTooLargeTogether() {
        IndexBuilder index = TestingImage.index();
        for (int number = 0; number < 5; number++) {
            index.add(withAnnotation(MANIFEST_LIMIT - 10_000, number));
        }
        put(index.build());

        DestinationReport report = copy.fails(ErrorKind.INVALID_IMAGE);

        assertThat(report.error()).contains("in total");
        assertNothingPushed();
    }

    @Test
    void refusesOneBlobOfTwoSizes() {
        TestingBlob blob = TestingImages.small(4).blobs().get(1);
        copy.source().content().putBlob(TestingCopy.NAME, blob.bytes());
        put(MediaTypes.OCI_MANIFEST, """
            {"schemaVersion":2,"layers":[
              {"mediaType":"text/plain","digest":"%1$s","size":%2$d},
              {"mediaType":"text/plain","digest":"%1$s","size":%3$d}]}\
            """.formatted(blob.digest(), blob.size(), blob.size() + 1));

        DestinationReport report = copy.fails(ErrorKind.INVALID_IMAGE);

        assertThat(report.error()).contains(blob.digest(), "two different sizes");
        assertNothingPushed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "no JSON",
                "{\"schemaVersion\":1,\"fsLayers\":[]}",
                "{\"schemaVersion\":2,\"layers\":{}}",
                "{\"schemaVersion\":2,\"layers\":[{\"digest\":\"sha256:../../etc/passwd\",\"size\":1}]}",
                "{\"schemaVersion\":2,\"layers\":[{\"digest\":\"md5:d41d8cd98f00b204e9800998ecf8427e\",\"size\":1}]}",
                "{\"schemaVersion\":2,\"layers\":[{\"size\":1}]}",
                "{\"schemaVersion\":2,\"layers\":[null]}",
                "{\"schemaVersion\":2,\"config\":{\"digest\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\",\"size\":-1},\"layers\":[]}",
                "{\"schemaVersion\":2,\"config\":{\"digest\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\",\"size\":1e99},\"layers\":[]}"
            })
    void refusesWhatIsNoManifest(String manifest) {
        put(MediaTypes.OCI_MANIFEST, manifest);

        DestinationReport report = copy.fails(ErrorKind.INVALID_IMAGE);

        assertThat(report.error()).contains("cannot be copied");
        assertNothingPushed();
    }

    @Test
    void refusesBottomlessJson() {
        put(MediaTypes.OCI_MANIFEST, "{\"layers\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");

        copy.fails(ErrorKind.INVALID_IMAGE);

        assertNothingPushed();
    }
}
