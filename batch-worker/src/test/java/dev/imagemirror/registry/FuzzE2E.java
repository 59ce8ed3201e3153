package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidManifestException;
import dev.imagemirror.image.InvalidReferenceException;
import dev.imagemirror.image.ManifestParser;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.testing.Fuzz;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What registries answer, damaged at random: read or refused, in bounded time. */
class FuzzE2E {
    private static final int INPUTS = 20_000;
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final URI CURRENT = URI.create("https://r.example.com/v2/a/tags/list?n=1");

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

    @Test
    void headers() throws InterruptedException {
        new Fuzz(
                        63,
                        List.of(
                                "Bearer realm=\"https://auth.example.com/token\",service=\"r\",scope=\"repository:a:pull\"",
                                "Basic realm=x, Bearer realm=\"a\\\"b\"",
                                "</v2/a/tags/list?n=1&last=b>; rel=\"next\"",
                                "Sun, 01 Mar 2026 12:00:30 GMT",
                                "120"))
                .run(INPUTS, FuzzE2E::readHeader);
    }

    private static void readHeader(String header) {
        assertThat(Challenge.parse(header)).isNotNull();
        URI next = NextLink.read(CURRENT, header).page();
        assertThat(next == null || next.getRawAuthority().equals("r.example.com"))
                .isTrue();
        Duration wait = RetryAfter.parse(header, Instant.EPOCH);
        assertThat(wait == null || !wait.isNegative()).isTrue();
    }
}
