package dev.imagemirror.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestParserTest {
    private static final Digest CONFIG = Digest.sha256("config".getBytes(UTF_8));
    private static final Digest LAYER = Digest.sha256("layer".getBytes(UTF_8));
    private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String UNKNOWN_TYPE = "application/vnd.acme.thing.v1+json";
    private static final Manifest NAMES_NOTHING = new Manifest.Image(UNKNOWN_TYPE, null, List.of());
    private static final String IMAGE = "'config': " + entry("c", CONFIG, 7) + ", 'layers': ["
            + entry(LAYER_TYPE, LAYER, 9) + ", " + entry(LAYER_TYPE, LAYER, 9) + "]";
    private static final String INDEX = "'manifests': [" + entry(MediaTypes.OCI_MANIFEST, LAYER, 5) + "]";

    @ParameterizedTest
    @ValueSource(strings = {MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST})
    void readsConfigAndLayersInOrder(String mediaType) throws Exception {
        Manifest manifest = parse("'schemaVersion': 2, 'mediaType': '" + mediaType + "', " + IMAGE, mediaType);

        assertThat(manifest).isInstanceOf(Manifest.Image.class);
        assertThat(manifest.mediaType()).isEqualTo(mediaType);
        assertThat(manifest.blobs())
                .containsExactly(
                        new Descriptor("c", CONFIG, 7),
                        new Descriptor(LAYER_TYPE, LAYER, 9),
                        new Descriptor(LAYER_TYPE, LAYER, 9));
        assertThat(manifest.manifests()).isEmpty();
        assertThat(manifest.subject()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {MediaTypes.OCI_INDEX, MediaTypes.DOCKER_LIST})
    void readsTheChildrenOfAnIndexWithTheirPlatforms(String mediaType) throws Exception {
        Manifest index = parse(
                "'mediaType': '" + mediaType + "', 'manifests': ["
                        + platform(CONFIG, "'os': 'linux', 'architecture': 'arm64', 'variant': 'v8'") + ", "
                        + platform(LAYER, "'os': 'unknown', 'architecture': 'unknown'") + ", "
                        + platform(LAYER, "") + "]",
                null);

        assertThat(index).isInstanceOf(Manifest.Index.class);
        assertThat(index.mediaType()).isEqualTo(mediaType);
        assertThat(index.blobs()).isEmpty();
        assertThat(index.manifests()).extracting(Descriptor::digest).containsExactly(CONFIG, LAYER, LAYER);
        assertThat(index.manifests())
                .extracting(Descriptor::platform)
                .containsExactly(
                        new Platform("linux", "arm64", "v8"),
                        new Platform("unknown", "unknown", null),
                        new Platform("unknown", "unknown", null));
    }

    @Test
    void readsTheBlobsOfAnArtifactManifest() throws Exception {
        Manifest artifact = parse(
                "'mediaType': '" + MediaTypes.OCI_ARTIFACT + "', 'artifactType': 'a/b', 'blobs': ["
                        + entry("text/plain", LAYER, 3) + "], 'subject': " + entry(MediaTypes.OCI_INDEX, CONFIG, 8),
                null);

        assertThat(artifact.blobs()).containsExactly(new Descriptor("text/plain", LAYER, 3));
        assertThat(artifact.subject()).isEqualTo(new Descriptor(MediaTypes.OCI_INDEX, CONFIG, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'schemaVersion': 1}",
                "{'schemaVersion': 1, 'subject': 'hello'}",
                "{'subject': {'digest': 'none'}}",
                "{'subject': []}",
                "[1,2]",
                "'text'",
                "5",
                "null",
                "",
                "kind: Thing"
            })
    void takesADocumentOfAnUnknownTypeAsItIs(String document) throws Exception {
        byte[] content = document.replace('\'', '"').getBytes(UTF_8);

        assertThat(ManifestParser.parse(content, UNKNOWN_TYPE)).isEqualTo(NAMES_NOTHING);
        assertThat(ManifestParser.parse(content, "application/json", UNKNOWN_TYPE))
                .isEqualTo(NAMES_NOTHING);
    }

    @Test
    void takesADocumentThatNamesAnUnknownTypeAsItIs() throws Exception {
        assertThat(parse("'mediaType': '" + UNKNOWN_TYPE + "', 'schemaVersion': 1, 'subject': 7", ""))
                .isEqualTo(NAMES_NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX, "application/json", "text/plain", ""})
    void rejectsAnythingElseUnderAKnownOrMissingType(String contentType) {
        assertThatThrownBy(() -> ManifestParser.parse("[1,2]".getBytes(UTF_8), contentType))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("not a JSON object");
        assertThatThrownBy(() -> ManifestParser.parse("<html>".getBytes(UTF_8), contentType))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("not a JSON");
        assertThatThrownBy(() -> parse("'schemaVersion': 1", contentType))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("schema 1");
    }

    @Test
    void takesNoKnownTypeWithAMalformedSubject() {
        assertThatThrownBy(() -> parse(INDEX + ", 'subject': 'hello'", MediaTypes.OCI_INDEX))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("subject");
    }

    @Test
    void readsTheSubjectOfAnIndex() throws Exception {
        Manifest index = parse(INDEX + ", 'subject': " + entry(MediaTypes.OCI_MANIFEST, CONFIG, 8), "");

        assertThat(index.subject()).isEqualTo(new Descriptor(MediaTypes.OCI_MANIFEST, CONFIG, 8));
        assertThat(parse(INDEX + ", 'subject': null", "").subject()).isNull();
    }

    @Test
    void leavesForeignLayersOut() throws Exception {
        String foreign = "{'mediaType': 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', 'digest': '"
                + CONFIG + "', 'size': 1, 'urls': ['https://a.invalid/1', 'https://a.invalid/2']}";

        Manifest manifest =
                parse("'layers': [" + foreign + ", " + entry(LAYER_TYPE, LAYER, 9) + "]", MediaTypes.DOCKER_MANIFEST);

        assertThat(manifest.blobs()).containsExactly(new Descriptor(LAYER_TYPE, LAYER, 9));
    }

    @Test
    void keepsLayersThatMerelyHaveAdditionalUrls() throws Exception {
        String layer = "{'mediaType': '" + LAYER_TYPE + "', 'digest': '" + LAYER
                + "', 'size': 1, 'urls': ['https://a.invalid/1']}";

        assertThat(parse("'layers': [" + layer + "]", "").blobs())
                .containsExactly(new Descriptor(LAYER_TYPE, LAYER, 1, List.of("https://a.invalid/1"), null));
    }

    @ParameterizedTest
    @CsvSource({
        // what the document says, what the registry says, what is believed
        "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, "
                + "application/vnd.oci.image.index.v1+json",
        "'', application/vnd.docker.distribution.manifest.list.v2+json, "
                + "application/vnd.docker.distribution.manifest.list.v2+json",
        "'', 'application/vnd.oci.image.index.v1+json; charset=utf-8', application/vnd.oci.image.index.v1+json",
        "application/x, application/vnd.oci.image.index.v1+json, application/vnd.oci.image.index.v1+json",
        "'', application/json, application/vnd.oci.image.index.v1+json",
        "'', '', application/vnd.oci.image.index.v1+json",
    })
    void determinesTheTypeFromTheDocumentThenTheHeaderThenTheShape(String said, String contentType, String believed)
            throws Exception {
        String mediaType = said.isEmpty() ? "" : "'mediaType': '" + said + "', ";

        assertThat(parse(mediaType + INDEX, contentType).mediaType()).isEqualTo(believed);
    }

    @Test
    void keepsATypeThatItDoesNotKnow() throws Exception {
        Manifest manifest = parse("'mediaType': 'application/x', " + IMAGE, "application/json");

        assertThat(manifest.mediaType()).isEqualTo("application/x");
        assertThat(manifest.blobs()).extracting(Descriptor::digest).containsExactly(CONFIG, LAYER, LAYER);
    }

    @Test
    void treatsADocumentWithLayersAsAManifest() throws Exception {
        assertThat(parse(IMAGE, "text/plain").mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
    }

    @Test
    void treatsAnUntypedEntryAsOctetStream() throws Exception {
        String entry = "{'digest': '" + LAYER + "', 'size': 0}";

        assertThat(parse("'layers': [" + entry + "]", "").blobs())
                .containsExactly(new Descriptor("application/octet-stream", LAYER, 0));
    }

    @Test
    void passesOverWhatItDoesNotKnow() throws Exception {
        Manifest manifest = parse("'x': {'layers': [1]}, 'annotations': {'a': 'b'}, " + IMAGE, "");

        assertThat(manifest.blobs()).hasSize(3);
    }

    @Test
    void readsEveryKindOfRealImage() throws Exception {
        for (TestingImage image : List.of(
                TestingImages.oddities(1),
                TestingImages.dockerList(100, 2),
                TestingImages.artifact(3),
                TestingImages.signature(TestingImages.small(4)))) {
            Manifest manifest = ManifestParser.parse(image.bytes(), "");

            assertThat(manifest.mediaType()).isEqualTo(image.mediaType());
            assertThat(manifest.manifests())
                    .extracting(child -> child.digest().toString())
                    .containsExactlyElementsOf(
                            image.children().stream().map(TestingImage::digest).toList());
        }
    }

    private static Manifest parse(String fields, String contentType) throws InvalidManifestException {
        return ManifestParser.parse(("{" + fields + "}").replace('\'', '"').getBytes(UTF_8), contentType);
    }

    private static String entry(String mediaType, Digest digest, long size) {
        return "{'mediaType': '" + mediaType + "', 'digest': '" + digest + "', 'size': " + size + "}";
    }

    private static String platform(Digest digest, String platform) {
        return "{'mediaType': 'm', 'digest': '" + digest + "', 'size': 1, 'platform': {" + platform + "}}";
    }
}
