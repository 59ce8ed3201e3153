package dev.imagemirror.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.testing.image.TestingImages;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileManifestTest {
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    @ParameterizedTest
    @ValueSource(strings = {"<html>404</html>", "{", "{'layers': [}", "{'a': 01}", "\u0000", "{'a': NaN}", "{a: 1}"})
    void isNotJson(String content) {
        assertRefused(content, "", "the manifest is not a JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "'text'", "1", "true"})
    void isNotAnObject(String content) {
        assertRefused(content, MediaTypes.OCI_MANIFEST, "the manifest is not a JSON object");
    }

    @Test
    void isNestedTooDeeply() {
        int depth = 100_000;

        assertRefused("{'x': " + "[".repeat(depth) + "]".repeat(depth) + ", 'layers': []}", "", "not a JSON");
        assertRefused("{'x': ".repeat(depth) + "1" + "}".repeat(depth), "", "not a JSON");
        assertRefused("{'x': " + "[".repeat(70) + "]".repeat(70) + ", 'layers': []}", "", "not a JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-9223372036854775808"})
    void hasANegativeSize(String size) {
        assertRefused(layers(size), "", "'layers[0]': size of " + DIGEST + " is negative: " + size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "99999999999999999999999999999999",
                "1e400",
                "1.5",
                "1e3",
                "'12'",
                "null",
                "true",
                "[1]",
                "{}"
            })
    void hasAnInvalidSize(String size) {
        assertRefused(layers(size), "", "'layers[0]' needs a digest and a size");
    }

    @Test
    void hasANumberOfManyDigits() {
        assertRefused(layers("9".repeat(1_000_000)), "", "not a JSON");
    }

    @ParameterizedTest
    @CsvSource({
        "sha256:abc, 64 lower-case hexadecimal characters",
        "md5:0123, algorithm 'md5' is not supported",
        "../../etc/passwd, has no algorithm",
        "'', has no algorithm",
    })
    void hasAnInvalidDigest(String digest, String fault) {
        assertThatThrownBy(() -> ManifestParser.parse(
                        ("{\"config\": {\"digest\": \"" + digest + "\", \"size\": 1}, \"layers\": []}").getBytes(UTF_8),
                        ""))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageStartingWith("'config': ")
                .hasMessageContaining(fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "null", "'x'", "[]", "{}", "{'digest': 1, 'size': 1}", "{'size': 1}", "{'digest': 'x'}"})
    void hasAnEntryThatIsNoDescriptor(String entry) {
        assertRefused("{'layers': [" + entry + "]}", "", "'layers[0]' needs a digest and a size");
        assertRefused("{'manifests': [" + entry + "]}", "", "'manifests[0]' needs a digest and a size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "'x'", "[]", "{}"})
    void hasAConfigOrSubjectThatIsNoDescriptor(String entry) {
        assertRefused("{'layers': [], 'config': " + entry + "}", "", "'config' needs a digest and a size");
        assertRefused("{'layers': [], 'subject': " + entry + "}", "", "'subject' needs a digest and a size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "'x'", "{}", "true"})
    void hasAnInvalidList(String list) {
        assertRefused("{'layers': " + list + "}", MediaTypes.OCI_MANIFEST, "'layers' is not a list");
        assertRefused("{'manifests': " + list + "}", MediaTypes.OCI_INDEX, "'manifests' is not a list");
        assertRefused("{'blobs': " + list + "}", MediaTypes.OCI_ARTIFACT, "'blobs' is not a list");
    }

    @ParameterizedTest
    @CsvSource({
        "{'schemaVersion': 1}, application/vnd.docker.distribution.manifest.v1+prettyjws",
        "'{''schemaVersion'': 1, ''fsLayers'': []}', application/json",
        "{'fsLayers': []}, application/vnd.docker.distribution.manifest.v1+prettyjws",
        "{'fsLayers': []}, application/vnd.docker.distribution.manifest.v1+json; charset=utf-8",
        "{'mediaType': 'application/vnd.docker.distribution.manifest.v1+json'}, application/json",
    })
    void isOfSchema1(String content, String contentType) {
        assertRefused(
                content,
                contentType,
                "Docker schema 1 manifests are not supported; push the image again with a current client");
    }

    @ParameterizedTest
    @CsvSource({
        "{}, application/json, application/json",
        "{'mediaType': 'no type'}, application/json, no type",
        "{'mediaType': 7}, text/html, 7",
        "{'layers': {}}, application/json, application/json",
    })
    void isOfAnUnknownType(String content, String contentType, String named) {
        assertRefused(content, contentType, "manifests of type '" + named + "' are not supported");
    }

    @Test
    void isRefusedOrReadButNeverBreaksTheParserWhenAltered() {
        byte[] original = TestingImages.oddities(5).bytes();
        Random random = new Random(99);
        for (int round = 0; round < 3_000; round++) {
            byte[] altered = original.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                altered[random.nextInt(altered.length)] = (byte) random.nextInt(128);
            }
            try {
                ManifestParser.parse(altered, MediaTypes.OCI_INDEX);
            } catch (InvalidManifestException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    private static String layers(String size) {
        return "{'layers': [{'digest': '" + DIGEST + "', 'size': " + size + "}]}";
    }

    private static void assertRefused(String content, String contentType, String fault) {
        assertThatThrownBy(() -> ManifestParser.parse(content.replace('\'', '"').getBytes(UTF_8), contentType))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining(fault);
    }
}
