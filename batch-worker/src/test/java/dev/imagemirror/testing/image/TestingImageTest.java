package dev.imagemirror.testing.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.registry.Hashes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TestingImageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    @Test
    void givesTheSameImageForTheSameSeed() {
        assertThat(TestingImages.oddities(1).digest())
                .isEqualTo(TestingImages.oddities(1).digest())
                .isNotEqualTo(TestingImages.oddities(2).digest());
    }

    @Test
    void writesManifestsThatNoSerializerGivesBack() throws IOException {
        TestingImage image = TestingImages.small(1);

        JsonNode tree = JSON.readTree(image.bytes());

        assertThat(tree.path("mediaType").asText()).isEqualTo(image.mediaType());
        assertThat(JSON.writeValueAsBytes(tree)).isNotEqualTo(image.bytes());
        assertThat(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree))
                .isNotEqualTo(image.bytes());
    }

    @Test
    void compressesLayersAsTheirTypeSays() throws IOException {
        byte[] tar = blobOf(LayerKind.TAR).bytes();
        byte[] gzip = blobOf(LayerKind.GZIP).bytes();
        byte[] zstd = blobOf(LayerKind.ZSTD).bytes();

        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
                .isEqualTo(tar);
        assertThat(Zstd.decompress(zstd, tar.length)).isEqualTo(tar);
        assertThat(blobOf(LayerKind.ZSTD).mediaType()).isEqualTo("application/vnd.oci.image.layer.v1.tar+zstd");
        assertThat(TestingLayer.random(LayerKind.GZIP, 1000, 7).diffId()).isEqualTo(Hashes.sha256(tar));
    }

    @Test
    void hasDockersEmptyLayer() throws IOException {
        TestingBlob empty = TestingLayer.empty().blob(false);

        assertThat(empty.digest()).isEqualTo("sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(empty.bytes())).readAllBytes())
                .isEqualTo(new byte[1024]);
    }

    @Test
    void putsEverythingButForeignLayers() {
        TestingImage image = TestingImages.oddities(1);

        image.putInto(registry, "app", "v1");

        assertThat(image.differences(registry, "app", "v1")).isEmpty();
        assertThat(registry.content().manifests("app"))
                .hasSize(image.manifests().size());
        assertThat(image.blobs()).filteredOn(TestingBlob::foreign).hasSize(1);
        assertThat(registry.content().blobs("app")).hasSize(image.blobs().size() - 1);
    }

    @Test
    void saysWhatDiffers() {
        TestingImage image = TestingImages.small(1);
        image.putInto(registry, "app", "v1");
        String layer = image.blobs().get(1).digest();

        registry.content().putBlobAs("app", layer, "altered".getBytes(UTF_8));
        assertThat(image.differences(registry, "app", "v1")).containsExactly("blob " + layer);

        registry.content().delete("app", image.digest());
        assertThat(image.differences(registry, "app", "v1"))
                .containsExactly("v1 is not " + image.digest(), "manifest " + image.digest(), "blob " + layer);
    }

    @Test
    void marksAttestationsAsBuildKitDoes() throws IOException {
        TestingImage child = TestingImages.small(1);
        TestingImage index =
                TestingImage.index().add(child).attestationFor(child).build();

        JsonNode entry = JSON.readTree(index.bytes()).path("manifests").path(1);

        assertThat(entry.path("platform").path("os").asText()).isEqualTo("unknown");
        assertThat(entry.path("annotations").path("vnd.docker.reference.digest").asText())
                .isEqualTo(child.digest());
    }

    @Test
    void namesSignaturesAsCosignDoes() {
        TestingImage image = TestingImages.small(1);

        assertThat(image.cosignTag("sig")).isEqualTo("sha256-" + image.digest().substring("sha256:".length()) + ".sig");
    }

    private static TestingBlob blobOf(LayerKind kind) {
        return TestingLayer.random(kind, 1000, 7).blob(false);
    }
}
