package dev.imagemirror.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** References, digests, manifests and indexes as nobody should write them: understood, or refused by the one exception. */
class HostileTextTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final int LONG = 1_000_000;

    @Provide
    Arbitrary<String> references() {
        return Arbitraries.of(
                        "a",
                        "A",
                        "docker.io",
                        ":",
                        "/",
                        "@",
                        "#",
                        "..",
                        "-",
                        "_",
                        "[::1]",
                        ":5000",
                        "1.2",
                        DIGEST,
                        " ",
                        "é",
                        "%2f")
                .list()
                .ofMaxSize(12)
                .map(list -> String.join("", list));
    }

    /** JSON that looks like a manifest and is wrong in some place. */
    @Provide
    Arbitrary<String> manifests() {
        Arbitrary<String> values = Arbitraries.of(
                "null",
                "1",
                "-1",
                "1e400",
                "\"\"",
                "\"" + DIGEST + "\"",
                "\"sha256:x\"",
                "[]",
                "{}",
                "[null]",
                "[{}]",
                "[[[]]]",
                "9223372036854775808",
                "\"" + MediaTypes.OCI_INDEX + "\"",
                "\"" + MediaTypes.OCI_MANIFEST + "\"",
                "{\"digest\":\"" + DIGEST + "\",\"size\":1,\"mediaType\":\"a/b\"}",
                "[{\"digest\":\"" + DIGEST + "\",\"size\":-1,\"mediaType\":\"a/b\"}]",
                "[{\"digest\":\"" + DIGEST + "\",\"size\":1,\"mediaType\":\"a/b\",\"platform\":[]}]");
        Arbitrary<String> names = Arbitraries.of(
                "schemaVersion",
                "mediaType",
                "config",
                "layers",
                "manifests",
                "subject",
                "artifactType",
                "annotations");
        return Combinators.combine(names, values)
                .as((name, value) -> "\"" + name + "\":" + value)
                .list()
                .ofMaxSize(8)
                .map(fields -> "{" + String.join(",", fields) + "}");
    }

    @Property
    void aReferenceIsReadOrRefused(@ForAll("references") String text) {
        assertReadOrRefused(text);
    }

    @Property
    void anyTextIsAReferenceOrRefused(@ForAll String text) {
        assertReadOrRefused(text);
    }

    @Property
    void aManifestIsReadOrRefused(@ForAll("manifests") String json) {
        for (String type : List.of(MediaTypes.OCI_INDEX, MediaTypes.OCI_MANIFEST, "")) {
            assertReadOrRefused(json.getBytes(StandardCharsets.UTF_8), type);
        }
    }

    @Property
    void anyBytesAreAManifestOrRefused(@ForAll byte[] content) {
        assertReadOrRefused(content, MediaTypes.OCI_MANIFEST);
    }

    @Property
    void anIndexOfReferrersIsReadOrRefused(@ForAll("manifests") String json) {
        byte[] referrer = "{}".getBytes(StandardCharsets.UTF_8);
        try {
            assertThat(ReferrersIndex.with(
                            json.getBytes(StandardCharsets.UTF_8),
                            MediaTypes.OCI_MANIFEST,
                            referrer,
                            Digest.sha256(referrer)))
                    .isNotEmpty();
        } catch (InvalidManifestException e) {
            assertThat(e).hasMessageContaining("referrers");
        }
    }

    @Test
    @Timeout(60)
    void deepAndLongManifestsAreRefused() {
        for (String piece : List.of("[", "{\"a\":", "{\"manifests\":[", "9", "\"", " ")) {
            assertReadOrRefused(
                    piece.repeat(LONG / piece.length()).getBytes(StandardCharsets.UTF_8), MediaTypes.OCI_INDEX);
        }
    }

    @Test
    @Timeout(60)
    void longReferencesAreRefused() {
        for (String piece : List.of("a", "a/", "a.", "a-", "a__", ":", "@", "[", "0", "a:1@sha256:")) {
            assertReadOrRefused(piece.repeat(LONG / piece.length()));
        }
    }

    private static void assertReadOrRefused(String text) {
        try {
            ImageReference reference = ImageReference.parse(text);
            assertThat(ImageReference.parse(reference.toString())).isEqualTo(reference);
        } catch (InvalidReferenceException e) {
            assertThat(e).hasMessageStartingWith("invalid image reference");
        }
    }

    private static void assertReadOrRefused(byte[] content, String type) {
        try {
            assertThat(ManifestParser.parse(content, type)).isNotNull();
        } catch (InvalidManifestException e) {
            assertThat(e).hasMessageNotContaining("Exception");
        }
    }
}
