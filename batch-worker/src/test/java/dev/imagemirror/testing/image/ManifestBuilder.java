package dev.imagemirror.testing.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the manifest of one platform or of an artifact; OCI and linux/amd64 unless told otherwise. */
public final class ManifestBuilder {
    static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final TestingBlob EMPTY_CONFIG =
            TestingBlob.text("application/vnd.oci.empty.v1+json", "{}", Map.of());

    private final List<TestingBlob> layers = new ArrayList<>();
    private final List<TestingLayer> files = new ArrayList<>();
    private final Map<String, String> annotations = new TreeMap<>();
    private String platform = "linux/amd64";
    private String artifactType = "";
    private String unusualType = "";
    private boolean docker;
    private TestingImage subject;

    ManifestBuilder() {}

    /** Makes it a Docker manifest, schema 2. */
    public ManifestBuilder docker() {
        docker = true;
        return this;
    }

    /** Makes it a manifest of a media type that registries do not know. */
    public ManifestBuilder type(String mediaType) {
        unusualType = mediaType;
        return this;
    }

    /** Sets {@code os/architecture[/variant]}. */
    public ManifestBuilder platform(String value) {
        platform = value;
        return this;
    }

    /** Adds a layer of files. */
    public ManifestBuilder layer(TestingLayer layer) {
        files.add(layer);
        return this;
    }

    /** Adds {@code count} layers of {@code size} random bytes each. */
    public ManifestBuilder layers(LayerKind kind, int count, int size, long seed) {
        for (int index = 0; index < count; index++) {
            layer(TestingLayer.random(kind, size, seed * 1000 + index));
        }
        return this;
    }

    /** Adds a layer that holds no files, as artifacts and attestations have it. */
    public ManifestBuilder blob(TestingBlob blob) {
        layers.add(blob);
        return this;
    }

    /** Makes it an artifact of this type with the empty config (OCI image specification, "Artifacts"). */
    public ManifestBuilder artifact(String type) {
        artifactType = type;
        platform = "";
        return this;
    }

    /** Makes it refer to another manifest. */
    public ManifestBuilder subject(TestingImage image) {
        subject = image;
        return this;
    }

    /** Adds an annotation. */
    public ManifestBuilder annotation(String key, String value) {
        annotations.put(key, value);
        return this;
    }

    /** The finished manifest. */
    public TestingImage build() {
        List<TestingBlob> all = new ArrayList<>();
        files.forEach(file -> all.add(file.blob(docker)));
        all.addAll(layers);
        TestingBlob config = artifactType.isEmpty() ? config() : EMPTY_CONFIG;
        String usualType = docker ? DOCKER_MANIFEST : OCI_MANIFEST;
        String mediaType = unusualType.isEmpty() ? usualType : unusualType;
        ObjectNode manifest =
                JsonNodeFactory.instance.objectNode().put("schemaVersion", 2).put("mediaType", mediaType);
        if (!artifactType.isEmpty()) {
            manifest.put("artifactType", artifactType);
        }
        manifest.set("config", config.descriptor());
        manifest.putArray("layers")
                .addAll(all.stream().map(TestingBlob::descriptor).toList());
        if (subject != null) {
            manifest.set("subject", subject.descriptor());
        }
        if (!annotations.isEmpty()) {
            annotations.forEach(manifest.putObject("annotations")::put);
        }
        all.add(0, config);
        return TestingImage.ofBlobs(mediaType, OddJson.bytes(manifest), platform, all);
    }

    private TestingBlob config() {
        String[] parts = platform.split("/", -1);
        ObjectNode config = JsonNodeFactory.instance
                .objectNode()
                .put("architecture", parts[1])
                .put("os", parts[0]);
        if (parts.length > 2) {
            config.put("variant", parts[2]);
        }
        config.putObject("config").putArray("Cmd").add("/bin/true");
        ObjectNode rootfs = config.putObject("rootfs").put("type", "layers");
        files.forEach(file -> rootfs.withArray("diff_ids").add(file.diffId()));
        layers.forEach(layer -> rootfs.withArray("diff_ids").add(layer.digest()));
        String mediaType =
                docker ? "application/vnd.docker.container.image.v1+json" : "application/vnd.oci.image.config.v1+json";
        return TestingBlob.text(mediaType, config.toString(), Map.of());
    }
}
