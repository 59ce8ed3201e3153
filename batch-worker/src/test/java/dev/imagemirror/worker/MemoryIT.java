package dev.imagemirror.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.ResponseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More data than the heap holds, which the registries of this test make up and check as they pass. */
class MemoryIT {
    private static final String NAME = "team/app";
    private static final String HEAP = "-Xmx32m";
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int MANY = 64;

    @TempDir
    private Path directory;

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    private final List<TestingRegistry> destinations = List.of(TestingRegistry.start(), TestingRegistry.start());

    @AfterEach
    void stop() {
        destinations.forEach(TestingRegistry::close);
    }

    @Test
    void copiesALayerLargerThanTheHeap() throws Exception {
        LargeLayer layer = new LargeLayer(1, 128);

        assertCopies(List.of(layer), List.of(HEAP, "-XX:+UseSerialGC"), "--quiet");

        assertThat(source.requests("GET", ".+/blobs/" + layer.digest())).hasSize(1);
    }

    @Test
    @Timeout(120)
    void copiesManyLayersAtOnceToSlowDestinations() throws Exception {
        List<LargeLayer> layers = new ArrayList<>();
        for (int seed = 0; seed < MANY; seed++) {
            layers.add(new LargeLayer(seed, 2));
        }
        destinations.forEach(registry -> registry.fault(
                Fault.on("PUT", ".+/blobs/uploads/.+").always().then(Faults.delay(Duration.ofSeconds(1)))));

        assertCopies(layers, List.of("-Xmx64m", "-XX:+UseSerialGC"), "--blobs-at-once=" + MANY);
    }

    private void assertCopies(List<LargeLayer> layers, List<String> javaOptions, String option) throws Exception {
        source.content().putManifest(NAME, "1", MediaTypes.OCI_MANIFEST, manifest(layers));
        for (LargeLayer layer : layers) {
            String digest = layer.digest();
            source.fault(Fault.on("GET", ".+/blobs/" + digest).always().then(served(layer)));
            destinations.forEach(registry -> registry.fault(
                    Fault.on("PUT", ".+/blobs/uploads/.+").always().then(checked(registry, digest))));
        }

        CommandRun run = MirrorProcess.run(
                directory,
                javaOptions,
                option,
                source.reference(NAME, "1"),
                destinations.get(0).reference(NAME, "1"),
                destinations.get(1).reference(NAME, "1"));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(destinations)
                .allSatisfy(
                        registry -> assertThat(registry.content().blobs(NAME)).hasSize(layers.size() + 1));
    }

    private byte[] manifest(List<LargeLayer> layers) {
        String config = source.content().putBlob(NAME, "{}".getBytes(UTF_8));
        String list = layers.stream()
                .map(layer -> """
                        {"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}\
                        """.formatted(layer.digest(), layer.length()))
                .collect(Collectors.joining(",\n"));
        return """
                {"schemaVersion":2,"mediaType":"%s",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":2},
                 "layers":[%s]}
                """.formatted(MediaTypes.OCI_MANIFEST, config, list).getBytes(UTF_8);
    }

    private static Interceptor served(LargeLayer layer) {
        return new Interceptor() {
            @Override
            public Optional<Response> before(Request request) {
                return Optional.of(Response.of(200).withBody(layer));
            }
        };
    }

    /** Takes the large layer without keeping it; everything else is stored as usual. */
    private static Interceptor checked(TestingRegistry registry, String digest) {
        return new Interceptor() {
            @Override
            public Optional<Response> before(Request request) throws IOException {
                if (!request.query().first("digest").orElse("").equals(digest)) {
                    return Optional.empty();
                }
                DigestOutputStream hash = new DigestOutputStream(OutputStream.nullOutputStream(), LargeLayer.sha256());
                request.body().transferTo(hash);
                assertThat("sha256:"
                                + HexFormat.of()
                                        .formatHex(hash.getMessageDigest().digest()))
                        .isEqualTo(digest);
                registry.content().putBlobAs(NAME, digest, new byte[0]);
                return Optional.of(Response.of(201).with("Location", "/v2/" + NAME + "/blobs/" + digest));
            }
        };
    }

    /** One mebibyte of random bytes, again and again. */
    private static final class LargeLayer implements ResponseBody {
        private final long seed;
        private final int mebibytes;
        private final String digest;

        LargeLayer(long seed, int mebibytes) throws IOException {
            this.seed = seed;
            this.mebibytes = mebibytes;
            DigestOutputStream hash = new DigestOutputStream(OutputStream.nullOutputStream(), sha256());
            writeTo(hash);
            digest =
                    "sha256:" + HexFormat.of().formatHex(hash.getMessageDigest().digest());
        }

        @Override
        public long length() {
            return (long) mebibytes * MEBIBYTE;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            byte[] piece = new byte[MEBIBYTE];
            new Random(seed).nextBytes(piece);
            for (int i = 0; i < mebibytes; i++) {
                out.write(piece);
            }
        }

        String digest() {
            return digest;
        }

        static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }
    }
}
