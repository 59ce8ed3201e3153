package dev.imagemirror.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferrersIndexTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TestingImage IMAGE = TestingImages.small(1);
    private static final TestingImage SBOM = TestingImages.referrer(IMAGE, "application/spdx+json");
    private static final TestingImage SIGNATURE = TestingImages.referrer(IMAGE, "application/vnd.example.sig");

    @Test
    void beginsWithOneReferrer() throws Exception {
        JsonNode index = JSON.readTree(with(null, SBOM));

        assertThat(index.path("schemaVersion").asInt()).isEqualTo(2);
        assertThat(index.path("mediaType").asText()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(index.path("manifests")).hasSize(1);
        JsonNode descriptor = index.path("manifests").path(0);
        assertThat(descriptor.path("mediaType").asText()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(descriptor.path("digest").asText()).isEqualTo(SBOM.digest());
        assertThat(descriptor.path("size").asInt()).isEqualTo(SBOM.bytes().length);
        assertThat(descriptor.path("artifactType").asText()).isEqualTo("application/spdx+json");
        assertThat(descriptor.path("annotations").path("org.example.kind").asText())
                .isEqualTo("sbom");
    }

    @Test
    void keepsWhatIsThere() throws Exception {
        String first = new String(with(null, SBOM), UTF_8);
        String annotated = first.replaceFirst("\\{", "{\"annotations\":{\"a\":\"b\"},\"x\":1,");

        JsonNode index = JSON.readTree(with(annotated.getBytes(UTF_8), SIGNATURE));

        assertThat(index.path("annotations").path("a").asText()).isEqualTo("b");
        assertThat(index.path("x").asInt()).isEqualTo(1);
        assertThat(index.path("manifests").path(0))
                .isEqualTo(JSON.readTree(first).path("manifests").path(0));
        assertThat(index.path("manifests").path(1).path("digest").asText()).isEqualTo(SIGNATURE.digest());
    }

    @Test
    void needsNoChangeForAReferrerThatIsInItAlready() throws Exception {
        byte[] both = with(with(null, SBOM), SIGNATURE);

        assertThat(with(both, SBOM)).isNull();
        assertThat(with(both, SIGNATURE)).isNull();
    }

    @Test
    void isReadAsAnIndex() throws Exception {
        Manifest index = ManifestParser.parse(with(with(null, SBOM), SIGNATURE), "");

        assertThat(index.manifests())
                .extracting(descriptor -> descriptor.digest().toString())
                .containsExactly(SBOM.digest(), SIGNATURE.digest());
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"artifactType\":\"a/b\",\"config\":{\"mediaType\":\"c/d\"}}', a/b",
        "'{\"artifactType\":\"\",\"config\":{\"mediaType\":\"c/d\"}}', c/d",
        "'{\"config\":{\"mediaType\":\"c/d\"}}', c/d",
        "'{\"manifests\":[]}', ''",
    })
    void takesTheConfigTypeOfAReferrerThatHasNoArtifactType(String referrer, String artifactType) throws Exception {
        byte[] bytes = referrer.getBytes(UTF_8);

        JsonNode index = JSON.readTree(ReferrersIndex.with(null, MediaTypes.OCI_MANIFEST, bytes, Digest.sha256(bytes)));

        JsonNode descriptor = index.path("manifests").path(0);
        assertThat(descriptor.path("artifactType").asText("")).isEqualTo(artifactType);
        assertThat(descriptor.has("artifactType")).isEqualTo(!artifactType.isEmpty());
        assertThat(descriptor.has("annotations")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "1", "{\"manifests\":{}}", "{\"layers\":[]}"})
    void isNotMadeOfAnythingElse(String existing) {
        assertThatThrownBy(() -> with(existing.getBytes(UTF_8), SBOM))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage("the referrers index has no list of manifests");
    }

    @Test
    void isNotMadeOfTextThatIsNoJson() {
        assertThatThrownBy(() -> with("<html>".getBytes(UTF_8), SBOM))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage("the referrers index is not JSON");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"manifests\":[]}', true",
        "'{\"manifests\":[{\"artifactType\":\"a/b\"}]}', true",
        "'{\"manifests\":[{\"artifactType\":\"a/b\"},{}]}', false",
        "'{\"manifests\":[{\"artifactType\":\"\"}]}', false",
        "'{\"manifests\":[{\"artifactType\":\"a/b\",\"platform\":{\"os\":\"linux\"}}]}', false",
        "<html>, false",
    })
    void looksLikeAListIfEveryEntryHasAnArtifactTypeAndNoPlatform(String index, boolean looks) {
        assertThat(ReferrersIndex.looksLikeOne(index.getBytes(UTF_8))).isEqualTo(looks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "[]",
                "{}",
                "{\"digest\":\"DIGEST\"}",
                "{\"digest\":\"DIGEST\",\"size\":1.5}",
                "{\"digest\":\"DIGEST\",\"size\":-1}",
                "{\"digest\":7,\"size\":1}",
                "{\"digest\":\"blake3:abcd\",\"size\":1}",
                "{\"digest\":\"\\u001b[2J\",\"size\":1}",
            })
    void listsTheOtherEntriesThoughOneIsMalformed(String entry) throws Exception {
        String odd = entry.replace("DIGEST", IMAGE.digest());
        String index = new String(with(null, SBOM), UTF_8).replace("\"manifests\":[", "\"manifests\":[" + odd + ",");

        ReferrerList list = ReferrersIndex.read(index.getBytes(UTF_8), MediaTypes.OCI_INDEX);

        assertThat(list.referrers())
                .extracting(descriptor -> descriptor.digest().toString())
                .containsExactly(SBOM.digest());
        assertThat(list.notice())
                .startsWith("skipping 1 malformed entry in the list of referrers: 'manifests[0]'")
                .matches("[ -~…]*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"manifests\":null}", "{\"manifests\":[]}", "{\"layers\":[]}"})
    void listsNothingThatIsNotThere(String document) throws Exception {
        assertThat(ReferrersIndex.read(document.getBytes(UTF_8), MediaTypes.OCI_INDEX + "; charset=utf-8"))
                .isEqualTo(ReferrerList.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "7", "{\"manifests\":{}}", "{\"manifests\":\"x\"}"})
    void isUnreadableIfDeclaredAsAnIndexButMalformed(String document) throws Exception {
        byte[] bytes = document.getBytes(UTF_8);

        assertThatThrownBy(() -> ReferrersIndex.read(bytes, MediaTypes.OCI_INDEX))
                .isInstanceOf(InvalidManifestException.class);
        assertThat(ReferrersIndex.read(bytes, "application/json")).isEqualTo(ReferrerList.NONE);
        assertThat(ReferrersIndex.read(bytes, "")).isEqualTo(ReferrerList.NONE);
    }

    private static byte[] with(byte[] existing, TestingImage referrer) throws InvalidManifestException {
        return ReferrersIndex.with(existing, referrer.mediaType(), referrer.bytes(), Digest.parse(referrer.digest()));
    }
}
