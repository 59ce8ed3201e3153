package dev.imagemirror.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What registries answer, damaged at random: read or refused, in bounded time. */
class FuzzE2E {
    private static final int INPUTS = 20_000;
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @Test
    void manifestsAndIndexes() throws InterruptedException {
        String descriptor =
                "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":12,\"platform\":{\"architecture\":\"arm64\",\"os\":\"linux\"}}"
                        .formatted(MediaTypes.OCI_MANIFEST, DIGEST);
        new Fuzz(
                        61,
                        List.of(
                                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s,%s]}"
                                        .formatted(MediaTypes.OCI_INDEX, descriptor, descriptor),
                                "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s],\"subject\":%s}"
                                        .formatted(descriptor, descriptor, descriptor)))
                .run(INPUTS, text -> {
                    try {
                        ManifestParser.parse(text.getBytes(StandardCharsets.UTF_8), MediaTypes.OCI_INDEX);
                    } catch (InvalidManifestException e) {
                        assertThat(e.getMessage()).hasSizeLessThan(2000);
                    }
                });
    }

    @Test
    void references() throws InterruptedException {
        new Fuzz(62, List.of("golang:1.17", "[::1]:5000/a/b_c--d@" + DIGEST, "docker.io/library/a.b:1@" + DIGEST))
                .run(INPUTS, text -> {
                    try {
                        ImageReference read = ImageReference.parse(text);
                        assertThat(ImageReference.parse(read.toString())).isEqualTo(read);
                    } catch (InvalidReferenceException e) {
                        assertThat(e.getMessage()).isNotBlank();
                    }
                });
    }
}
