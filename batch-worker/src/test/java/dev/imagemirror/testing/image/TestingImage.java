package dev.imagemirror.testing.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.registry.DirectContent;
import dev.imagemirror.testing.registry.Hashes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A manifest with all that it refers to: an image of one platform, an index, an artifact. Immutable.
 * {@link TestingImages} has ready-made ones.
 */
public final class TestingImage {
    private final String mediaType;
    private final byte[] bytes;
    private final String platform;
    private final List<TestingImage> children;
    private final List<TestingBlob> blobs;

    private TestingImage(
            String mediaType, byte[] bytes, String platform, List<TestingImage> children, List<TestingBlob> blobs) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.platform = platform;
        this.children = List.copyOf(children);
        this.blobs = List.copyOf(blobs);
    }

    /** Builds a manifest. */
    public static ManifestBuilder manifest() {
        return new ManifestBuilder();
    }

    /** Builds an index. */
    public static IndexBuilder index() {
        return new IndexBuilder();
    }

    static TestingImage ofBlobs(String mediaType, byte[] bytes, String platform, List<TestingBlob> blobs) {
        return new TestingImage(mediaType, bytes, platform, List.of(), blobs);
    }

    static TestingImage ofChildren(
            String mediaType, byte[] bytes, List<TestingImage> children, List<TestingBlob> blobs) {
        return new TestingImage(mediaType, bytes, "", children, blobs);
    }

    /** The digest of its manifest. */
    public String digest() {
        return Hashes.sha256(bytes);
    }

    /** The media type of its manifest. */
    public String mediaType() {
        return mediaType;
    }

    /** The bytes of its manifest, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** {@code os/architecture[/variant]}; empty for an index or an artifact. */
    public String platform() {
        return platform;
    }

    /** The manifests of an index, in its order, each as often as it is named. */
    public List<TestingImage> children() {
        return children;
    }

    /** This manifest and all below, each once, children before parents. */
    public List<TestingImage> manifests() {
        Map<String, TestingImage> found = new LinkedHashMap<>();
        children.forEach(child -> child.manifests().forEach(below -> found.putIfAbsent(below.digest(), below)));
        found.put(digest(), this);
        return new ArrayList<>(found.values());
    }

    /** Configs and layers of this manifest and all below, each once; foreign layers too. */
    public List<TestingBlob> blobs() {
        Map<String, TestingBlob> found = new LinkedHashMap<>();
        blobs.forEach(blob -> found.putIfAbsent(blob.digest(), blob));
        children.forEach(child -> child.blobs().forEach(blob -> found.putIfAbsent(blob.digest(), blob)));
        return new ArrayList<>(found.values());
    }

    /** The bytes of all blobs that a registry must hold, each counted once. */
    public long blobBytes() {
        return blobs().stream()
                .filter(blob -> !blob.foreign())
                .mapToLong(TestingBlob::size)
                .sum();
    }

    /** The tag that cosign gives to what belongs to this image: {@code sha256-<hex>.sig} or .att or .sbom. */
    public String cosignTag(String suffix) {
        return digest().replace(':', '-') + "." + suffix;
    }

    /** Stores everything but foreign layers, past all protocol; {@code tag} may be empty. Returns the digest. */
    public String putInto(TestingRegistry registry, String repository, String tag) {
        DirectContent content = registry.content();
        blobs().stream().filter(blob -> !blob.foreign()).forEach(blob -> content.putBlob(repository, blob.bytes()));
        manifests().forEach(manifest -> content.putManifest(repository, "", manifest.mediaType, manifest.bytes));
        if (!tag.isEmpty()) {
            content.putTag(repository, tag, digest());
        }
        return digest();
    }

    /** Itself, once it is stored likewise. */
    public TestingImage storedIn(TestingRegistry registry, String repository, String tag) {
        putInto(registry, repository, tag);
        return this;
    }

    /** What a registry lacks or has otherwise, bit for bit; empty if its copy under this name is equal. */
    public List<String> differences(TestingRegistry registry, String repository, String tagOrDigest) {
        DirectContent content = registry.content();
        List<String> differences = new ArrayList<>();
        if (!Arrays.equals(content.manifest(repository, tagOrDigest).orElse(null), bytes)) {
            differences.add(tagOrDigest + " is not " + digest());
        }
        for (TestingImage manifest : manifests()) {
            boolean sameType = content.mediaType(repository, manifest.digest())
                    .filter(manifest.mediaType::equals)
                    .isPresent();
            if (!sameType
                    || !Arrays.equals(
                            content.manifest(repository, manifest.digest()).orElse(null), manifest.bytes)) {
                differences.add("manifest " + manifest.digest());
            }
        }
        for (TestingBlob blob : blobs()) {
            if (!blob.foreign()
                    && !Arrays.equals(content.blob(repository, blob.digest()).orElse(null), blob.bytes())) {
                differences.add("blob " + blob.digest());
            }
        }
        return differences;
    }

    ObjectNode descriptor() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("mediaType", mediaType)
                .put("size", bytes.length)
                .put("digest", digest());
    }
}
