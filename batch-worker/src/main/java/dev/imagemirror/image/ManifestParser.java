package dev.imagemirror.image;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a copy needs from a manifest's bytes; unknown fields are ignored. Thread-safe. */
public final class ManifestParser {
    /** Media type of a descriptor without one. */
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
     * <p>A document of an unknown media type is treated as what it looks like, and keeps its type.
     *
     * @param contentType media type of the response, used if the document has none; empty if unknown
     * @throws InvalidManifestException naming the fault
     */
    public static Manifest parse(byte[] content, String contentType) throws InvalidManifestException {
        return parse(content, contentType, "");
    }

    /**
     * The same for a document listed in an index.
     *
     * @param listedType media type in the index, used if neither the document nor the registry knows better; empty if
     * unknown
     */
    public static Manifest parse(byte[] content, String contentType, String listedType)
            throws InvalidManifestException {
        JsonNode root = readTree(content);
        String mediaType = mediaType(root, contentType, listedType);
        if (!mediaType.isEmpty() && !known(mediaType)) {
            return ofUnknownType(mediaType, root);
        }
        checkForm(root);
        return ofKnownType(mediaType.isEmpty() ? guess(root, contentType) : mediaType, root);
    }

    private static Manifest ofKnownType(String mediaType, JsonNode root) throws InvalidManifestException {
        Descriptor subject = root.hasNonNull("subject") ? descriptor(root.get("subject"), "subject") : null;
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

    /** Its fields may have the usual names but another meaning: anything that is not a descriptor is ignored. */
    private static Manifest ofUnknownType(String mediaType, JsonNode root) {
        Descriptor subject = descriptorIfAny(root, "subject");
        if (root.path("manifests").isArray()) {
            return new Manifest.Index(mediaType, subject, descriptorsIfAny(root, "manifests"));
        }
        List<Descriptor> blobs = new ArrayList<>();
        Descriptor config = descriptorIfAny(root, "config");
        if (config != null) {
            blobs.add(config);
        }
        blobs.addAll(descriptorsIfAny(root, "layers"));
        blobs.addAll(descriptorsIfAny(root, "blobs"));
        return new Manifest.Image(mediaType, subject, blobs);
    }

    private static @Nullable Descriptor descriptorIfAny(JsonNode root, String field) {
        try {
            return descriptor(root.path(field), field);
        } catch (InvalidManifestException e) {
            return null;
        }
    }

    private static List<Descriptor> descriptorsIfAny(JsonNode root, String field) {
        try {
            return descriptors(root, field);
        } catch (InvalidManifestException e) {
            return List.of();
        }
    }

    /** The document, or a missing node if it is not JSON. */
    static JsonNode readTree(byte[] content) {
        try {
            return MAPPER.readTree(content);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** A document of a known type, or of none, must be an object, and not of schema 1. */
    private static void checkForm(JsonNode root) throws InvalidManifestException {
        if (!root.isObject()) {
            throw new InvalidManifestException("the manifest is not a JSON object");
        }
        if (root.path("schemaVersion").asInt(2) == 1) {
            throw schema1();
        }
    }

    private static InvalidManifestException schema1() {
        return new InvalidManifestException(
                "Docker schema 1 manifests are not supported; push the image again with a current client");
    }

    /** The media type, known to this program or not; empty if there is none. */
    static String mediaType(JsonNode root, String contentType, String listedType) throws InvalidManifestException {
        String said = root.path("mediaType").asText("");
        String mediaType = known(said) ? said : bareType(contentType);
        if (MediaTypes.isSchema1(said) || MediaTypes.isSchema1(mediaType)) {
            throw schema1();
        }
        if (known(mediaType)) {
            return mediaType;
        }
        if (MediaTypes.isWellFormed(said)) {
            return said;
        }
        return MediaTypes.isVendorType(mediaType) ? mediaType : listedType;
    }

    private static String guess(JsonNode root, String contentType) throws InvalidManifestException {
        if (root.path("manifests").isArray()) {
            return MediaTypes.OCI_INDEX;
        }
        if (root.path("layers").isArray()) {
            return MediaTypes.OCI_MANIFEST;
        }
        String said = root.path("mediaType").asText("");
        throw new InvalidManifestException(
                "manifests of type '" + (said.isEmpty() ? contentType : said) + "' are not supported");
    }

    private static boolean known(String mediaType) {
        return MediaTypes.isIndex(mediaType) || MediaTypes.isManifest(mediaType);
    }

    static String bareType(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).trim();
    }

    private static List<Descriptor> descriptors(JsonNode root, String field) throws InvalidManifestException {
        JsonNode array = root.path(field);
        if (!array.isArray() && !array.isMissingNode() && !array.isNull()) {
            throw new InvalidManifestException("'" + field + "' is not a list");
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

    private static @Nullable Platform platform(JsonNode node) {
        return node.isObject()
                ? new Platform(
                        node.path("os").asText("unknown"),
                        node.path("architecture").asText("unknown"),
                        node.path("variant").asText(null))
                : null;
    }
}
