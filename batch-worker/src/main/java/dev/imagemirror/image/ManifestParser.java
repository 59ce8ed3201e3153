package dev.imagemirror.image;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads what the copy needs from a manifest's bytes; unknown fields are passed over. Thread-safe. */
public final class ManifestParser {
    /** Media type of a descriptor that names none. */
    private static final String OCTET_STREAM = "application/octet-stream";

    private static final int MAX_DEPTH = 64;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build());

    private ManifestParser() {}

    /**
     * Parses {@code content}.
     *
     * <p>A document of a media type that this program does not know counts as what it looks like, and keeps its type.
     *
     * @param contentType media type that the registry answered, used if the document names none; may be null
     * @throws InvalidManifestException naming the fault
     */
    public static Manifest parse(byte[] content, String contentType) throws InvalidManifestException {
        return parse(content, contentType, null);
    }

    /**
     * The same for a document that an index lists.
     *
     * @param listedType media type in the index, used if neither the document nor the registry knows better; may be null
     */
    public static Manifest parse(byte[] content, String contentType, String listedType)
            throws InvalidManifestException {
        JsonNode root = readTree(content);
        String mediaType = mediaType(root, contentType, listedType);
        Descriptor subject = root.hasNonNull("subject") ? descriptor(root.get("subject"), "subject") : null;
        if (!known(mediaType)) {
            return ofUnknownType(mediaType, subject, root);
        }
        if (MediaTypes.isIndex(mediaType)) {
            return new Manifest.Index(mediaType, subject, descriptors(root, "manifests"));
        }
        List<Descriptor> blobs = new ArrayList<>();
        if (root.hasNonNull("config")) {
            blobs.add(descriptor(root.get("config"), "config"));
        }
        blobs.addAll(descriptors(root, mediaType.equals(MediaTypes.OCI_ARTIFACT) ? "blobs" : "layers"));
        return new Manifest.Image(mediaType, subject, blobs);
    }

    /** Its fields may have the usual names and another meaning: what is no list of descriptors names nothing. */
    private static Manifest ofUnknownType(String mediaType, Descriptor subject, JsonNode root) {
        if (root.path("manifests").isArray()) {
            return new Manifest.Index(mediaType, subject, descriptorsIfAny(root, "manifests"));
        }
        List<Descriptor> blobs = new ArrayList<>();
        try {
            blobs.add(descriptor(root.path("config"), "config"));
        } catch (InvalidManifestException e) {
            // no configuration then
        }
        blobs.addAll(descriptorsIfAny(root, "layers"));
        blobs.addAll(descriptorsIfAny(root, "blobs"));
        return new Manifest.Image(mediaType, subject, blobs);
    }

    private static List<Descriptor> descriptorsIfAny(JsonNode root, String field) {
        try {
            return descriptors(root, field);
        } catch (InvalidManifestException e) {
            return List.of();
        }
    }

    static JsonNode readTree(byte[] content) throws InvalidManifestException {
        try {
            JsonNode root = MAPPER.readTree(content);
            if (root == null || !root.isObject()) {
                throw new InvalidManifestException("the manifest is no JSON object");
            }
            return root;
        } catch (IOException e) {
            throw new InvalidManifestException("the manifest is no JSON", e);
        }
    }

    private static String mediaType(JsonNode root, String contentType, String listedType)
            throws InvalidManifestException {
        String said = root.path("mediaType").asText("");
        String mediaType = known(said) ? said : bareType(contentType);
        if (root.path("schemaVersion").asInt(2) == 1 || MediaTypes.isSchema1(said) || MediaTypes.isSchema1(mediaType)) {
            throw new InvalidManifestException(
                    "Docker schema 1 manifests are not supported; push the image again with a current client");
        }
        if (known(mediaType)) {
            return mediaType;
        }
        if (MediaTypes.isWellFormed(said)) {
            return said;
        }
        if (MediaTypes.isVendorType(mediaType)) {
            return mediaType;
        }
        if (listedType != null) {
            return listedType;
        }
        if (root.path("manifests").isArray()) {
            return MediaTypes.OCI_INDEX;
        }
        if (root.path("layers").isArray()) {
            return MediaTypes.OCI_MANIFEST;
        }
        throw new InvalidManifestException(
                "manifests of type '" + (said.isEmpty() ? contentType : said) + "' are not supported");
    }

    private static boolean known(String mediaType) {
        return MediaTypes.isIndex(mediaType) || MediaTypes.isManifest(mediaType);
    }

    static String bareType(String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).trim();
    }

    private static List<Descriptor> descriptors(JsonNode root, String field) throws InvalidManifestException {
        JsonNode array = root.path(field);
        if (!array.isArray() && !array.isMissingNode() && !array.isNull()) {
            throw new InvalidManifestException("'" + field + "' is no list");
        }
        List<Descriptor> descriptors = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            descriptors.add(descriptor(array.get(i), field + "[" + i + "]"));
        }
        return descriptors;
    }

    static Descriptor descriptor(JsonNode node, String field) throws InvalidManifestException {
        JsonNode size = node.path("size");
        if (!node.path("digest").isTextual() || !size.canConvertToLong() || !size.isIntegralNumber()) {
            throw new InvalidManifestException("'" + field + "' needs a digest and a size");
        }
        List<String> urls = new ArrayList<>();
        node.path("urls").forEach(url -> urls.add(url.asText()));
        try {
            return new Descriptor(
                    node.path("mediaType").asText(OCTET_STREAM),
                    Digest.parse(node.get("digest").asText()),
                    size.asLong(),
                    urls,
                    platform(node.path("platform")));
        } catch (IllegalArgumentException e) {
            throw new InvalidManifestException("'" + field + "': " + e.getMessage(), e);
        }
    }

    private static Platform platform(JsonNode node) {
        return node.isObject()
                ? new Platform(
                        node.path("os").asText("unknown"),
                        node.path("architecture").asText("unknown"),
                        node.path("variant").asText(null))
                : null;
    }
}
