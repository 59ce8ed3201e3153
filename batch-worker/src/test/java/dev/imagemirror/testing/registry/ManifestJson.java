package dev.imagemirror.testing.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the registry reads in a manifest: its references, its subject, what a referrers list shows of it. */
record ManifestJson(JsonNode root) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Parses a manifest; empty if it is no JSON object. */
    static Optional<ManifestJson> parse(byte[] bytes) {
        try {
            return Optional.ofNullable(JSON.readTree(bytes))
                    .filter(JsonNode::isObject)
                    .map(ManifestJson::new);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("reading an array cannot fail", e);
        }
    }

    /** That of a document which is none of JSON, and names nothing. */
    static ManifestJson empty() {
        return new ManifestJson(JSON.createObjectNode());
    }

    static ManifestJson of(StoredManifest manifest) {
        return parse(manifest.content().toBytes())
                .orElseThrow(() -> new IllegalStateException("not JSON: " + manifest.digest()));
    }

    /** Config and layers that must be in the repository; layers with {@code urls} may be elsewhere. */
    List<String> blobs() {
        List<String> digests = new ArrayList<>();
        if (root.path("config").isObject()) {
            digests.add(root.path("config").path("digest").asText());
        }
        for (JsonNode layer : root.path("layers")) {
            if (layer.path("urls").isEmpty()) {
                digests.add(layer.path("digest").asText());
            }
        }
        return digests;
    }

    /** The manifests of an index. */
    List<String> children() {
        List<String> digests = new ArrayList<>();
        root.path("manifests").forEach(child -> digests.add(child.path("digest").asText()));
        return digests;
    }

    Optional<String> subject() {
        return Optional.of(root.path("subject").path("digest").asText()).filter(digest -> !digest.isEmpty());
    }

    /** {@code artifactType}, else the config's media type (OCI distribution specification, "Listing Referrers"). */
    String artifactType() {
        String own = root.path("artifactType").asText();
        return own.isEmpty() ? root.path("config").path("mediaType").asText() : own;
    }

    JsonNode annotations() {
        return root.path("annotations");
    }

    /** The child for linux/amd64, which docker-registry serves to clients that do not know lists. */
    Optional<String> defaultChild() {
        for (JsonNode child : root.path("manifests")) {
            JsonNode platform = child.path("platform");
            if (platform.path("os").asText().equals("linux")
                    && platform.path("architecture").asText().equals("amd64")) {
                return Optional.of(child.path("digest").asText());
            }
        }
        return Optional.empty();
    }
}
