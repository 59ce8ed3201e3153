package dev.imagemirror.e2e;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.TestingSettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.BlobBody;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.ManifestContent;
import dev.imagemirror.registry.model.Repository;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Pushes images of random content, larger than memory if need be, to a registry of the tests' own. */
public final class BigImage {
    /** Blobs of the image that {@link #push(DockerRegistryProcess, String)} makes. */
    public static final int BLOBS = 9;

    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final int CHUNK = 1024 * 1024;

    private final RegistryClient client;
    private final Repository repository;
    private long seed;

    private BigImage(RegistryClient client, Repository repository, long seed) {
        this.client = client;
        this.repository = repository;
        this.seed = seed;
    }

    /** One platform of eight layers of 40 MB; gives the reference. */
    public static String push(DockerRegistryProcess registry, String name) throws IOException {
        return push(registry, name, 1, BLOBS - 1, 40L * CHUNK);
    }

    /** An index of so many platforms, each with so many layers of that size; gives the reference. */
    public static String push(DockerRegistryProcess registry, String name, int platforms, int layers, long layerBytes)
            throws IOException {
        String[] parts = name.split(":", 2);
        RetryPolicy policy = RetryPolicy.standard(Clock.systemUTC(), new Random());
        try (RegistryClient client =
                new RegistryClient(TestingSettings.onLoopback(), CredentialProvider.ANONYMOUS, policy)) {
            Repository repository = new Repository(registry.authority(), parts[0]);
            new BigImage(client, repository, name.hashCode()).pushIndex(parts[1], platforms, layers, layerBytes);
        }
        return registry.reference(name);
    }

    private void pushIndex(String tag, int platforms, int layers, long layerBytes) throws IOException {
        List<String> children = new ArrayList<>();
        for (int i = 0; i < platforms; i++) {
            String architecture = i == 0 ? "amd64" : "arm64";
            byte[] manifest = pushImage(architecture, layers, layerBytes);
            Digest digest = pushManifest(manifest, MediaTypes.OCI_MANIFEST, null);
            children.add(
                    "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}}"
                            .formatted(MediaTypes.OCI_MANIFEST, digest, manifest.length, architecture));
        }
        byte[] index = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                .formatted(MediaTypes.OCI_INDEX, String.join(",", children))
                .getBytes(StandardCharsets.UTF_8);
        pushManifest(index, MediaTypes.OCI_INDEX, tag);
    }

    private byte[] pushImage(String architecture, int layers, long layerBytes) throws IOException {
        List<Descriptor> blobs = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            blobs.add(pushLayer(layerBytes));
        }
        String diffIds = blobs.stream().map(blob -> "\"" + blob.digest() + "\"").collect(Collectors.joining(","));
        byte[] config = "{\"os\":\"linux\",\"architecture\":\"%s\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}}"
                .formatted(architecture, diffIds)
                .getBytes(StandardCharsets.UTF_8);
        Descriptor configuration = new Descriptor(CONFIG, Digest.sha256(config), config.length);
        pushBlob(configuration, out -> out.write(config));
        String layerList = blobs.stream().map(BigImage::json).collect(Collectors.joining(","));
        return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
                .formatted(MediaTypes.OCI_MANIFEST, json(configuration), layerList)
                .getBytes(StandardCharsets.UTF_8);
    }

    private Descriptor pushLayer(long size) throws IOException {
        long layerSeed = seed++;
        Measure measure = new Measure();
        writeLayer(layerSeed, size, measure);
        Descriptor layer = new Descriptor(LAYER, Digest.ofHash("sha256", measure.hash.digest()), measure.size);
        pushBlob(layer, out -> writeLayer(layerSeed, size, out));
        return layer;
    }

    private void pushBlob(Descriptor blob, BlobBody body) throws IOException {
        client.putBlob(repository, client.startUpload(repository, blob.digest()), blob, body);
    }

    private Digest pushManifest(byte[] bytes, String mediaType, String tag) throws IOException {
        Digest digest = Digest.sha256(bytes);
        client.putManifest(
                repository,
                tag == null ? digest.toString() : tag,
                mediaType,
                new ManifestContent(mediaType, digest, bytes));
        return digest;
    }

    /** True gzip, stored: a layer of any other kind would be compressed by skopeo, and no longer be equal. */
    private static void writeLayer(long seed, long size, OutputStream out) throws IOException {
        GZIPOutputStream gzip = new StoredGzip(out);
        Random random = new Random(seed);
        byte[] chunk = new byte[CHUNK];
        random.nextBytes(chunk);
        for (long left = size; left > 0; left -= CHUNK) {
            // a new first part makes each chunk differ; fresh random bytes throughout would take most of the time
            for (int i = 0; i < 64; i++) {
                chunk[i] = (byte) random.nextInt();
            }
            gzip.write(chunk, 0, (int) Math.min(left, CHUNK));
        }
        gzip.finish();
    }

    private static final class StoredGzip extends GZIPOutputStream {
        StoredGzip(OutputStream out) throws IOException {
            super(out, 64 * 1024);
            def.setLevel(Deflater.NO_COMPRESSION);
        }
    }

    /** Hash and size of what is written. */
    private static final class Measure extends OutputStream {
        private final MessageDigest hash = new Digest("sha256", "0".repeat(64)).newHash();
        private long size;

        @Override
        public void write(int oneByte) {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            hash.update(bytes, offset, length);
            size += length;
        }
    }

    private static String json(Descriptor blob) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
                .formatted(blob.mediaType(), blob.digest(), blob.size());
    }
}
