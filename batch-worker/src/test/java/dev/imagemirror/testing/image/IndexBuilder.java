package dev.imagemirror.testing.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds an OCI index or a Docker manifest list. */
public final class IndexBuilder {
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

    private final List<TestingImage> children = new ArrayList<>();
    private final List<TestingBlob> blobs = new ArrayList<>();
    private final ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    private TestingImage subject;
    private boolean docker;

    IndexBuilder() {}

    /** Makes it a Docker manifest list. */
    public IndexBuilder docker() {
        docker = true;
        return this;
    }

    /** Adds a manifest or an index. */
    public IndexBuilder add(TestingImage child) {
        return add(child, Map.of());
    }

    /** Adds a manifest or an index whose entry has annotations. */
    public IndexBuilder add(TestingImage child, Map<String, String> annotations) {
        ObjectNode entry = child.descriptor();
        if (!child.platform().isEmpty()) {
            putPlatform(entry.putObject("platform"), child.platform());
        }
        if (!annotations.isEmpty()) {
            annotations.forEach(entry.putObject("annotations")::put);
        }
        children.add(child);
        entries.add(entry);
        return this;
    }

    /** Adds an attestation of a child as BuildKit does: platform {@code unknown/unknown}, two annotations. */
    public IndexBuilder attestationFor(TestingImage child) {
        return add(
                TestingImages.attestation(child),
                Map.of(
                        "vnd.docker.reference.type",
                        "attestation-manifest",
                        "vnd.docker.reference.digest",
                        child.digest()));
    }

    /** Lists a blob as if it were a manifest, as some tools do with in-toto statements. */
    public IndexBuilder add(TestingBlob blob) {
        blobs.add(blob);
        entries.add(blob.descriptor());
        return this;
    }

    /** Makes it refer to another manifest. */
    public IndexBuilder subject(TestingImage image) {
        subject = image;
        return this;
    }

    /** The finished index. */
    public TestingImage build() {
        String mediaType = docker ? DOCKER_LIST : OCI_INDEX;
        ObjectNode index =
                JsonNodeFactory.instance.objectNode().put("schemaVersion", 2).put("mediaType", mediaType);
        index.set("manifests", entries.deepCopy());
        if (subject != null) {
            index.set("subject", subject.descriptor());
        }
        return TestingImage.ofChildren(mediaType, OddJson.bytes(index), children, blobs);
    }

    private static void putPlatform(ObjectNode node, String platform) {
        String[] parts = platform.split("/", -1);
        node.put("architecture", parts[1]).put("os", parts[0]);
        if (parts.length > 2) {
            node.put("variant", parts[2]);
        }
    }
}
