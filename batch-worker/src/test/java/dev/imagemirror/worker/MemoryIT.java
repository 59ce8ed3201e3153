package dev.imagemirror.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layer several times larger than the heap, which the registries of this test make up and check as it passes. */
class MemoryIT {
    private static final String NAME = "team/app";
    private static final String HEAP = "-Xmx32m";
    private static final long LAYER_BYTES = 128L * 1024 * 1024;

    @TempDir
    private Path directory;

    private final TestingRegistry source = TestingRegistry.start();
    private final List<TestingRegistry> destinations = List.of(TestingRegistry.start(), TestingRegistry.start());

    @AfterEach
    void stop() {
        source.close();
        destinations.forEach(TestingRegistry::close);
    }

    @Test
    void copiesALayerLargerThanTheHeap() throws Exception {
        LargeLayer layer = new LargeLayer();
        String digest = layer.digest();
        source.content().putManifest(NAME, "1", MediaTypes.OCI_MANIFEST, manifest(digest));
        source.fault(Fault.on("GET", ".+/blobs/" + digest).always().then(served(layer)));
        destinations.forEach(registry ->
                registry.fault(Fault.on("PUT", ".+/blobs/uploads/.+").always().then(checked(registry, digest))));

        CommandRun run = MirrorProcess.run(
                directory,
                List.of(HEAP, "-XX:+UseSerialGC"),
                source.reference(NAME, "1"),
                destinations.get(0).reference(NAME, "1"),
                destinations.get(1).reference(NAME, "1"));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(source.requests("GET", ".+/blobs/" + digest)).hasSize(1);
        assertThat(destinations)
                .allSatisfy(
                        registry -> assertThat(registry.content().blobs(NAME)).contains(digest));
    }

    private byte[] manifest(String layer) {
        String config = source.content().putBlob(NAME, "{}".getBytes(UTF_8));
        return """
                {"schemaVersion":2,"mediaType":"%s",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":2},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}]}
                """.formatted(MediaTypes.OCI_MANIFEST, config, layer, LAYER_BYTES)
                .getBytes(UTF_8);
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
        private final byte[] piece = new byte[1024 * 1024];

        LargeLayer() {
            new Random(1).nextBytes(piece);
        }

        @Override
        public long length() {
            return LAYER_BYTES;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            for (long written = 0; written < LAYER_BYTES; written += piece.length) {
                out.write(piece);
            }
        }

        String digest() throws IOException {
            DigestOutputStream hash = new DigestOutputStream(OutputStream.nullOutputStream(), sha256());
            writeTo(hash);
            return "sha256:" + HexFormat.of().formatHex(hash.getMessageDigest().digest());
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
