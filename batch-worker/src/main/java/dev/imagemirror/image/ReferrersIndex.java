package dev.imagemirror.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The index that a client keeps under a subject's fallback tag where a registry has no referrers API (OCI distribution
 * specification, "Referrers Tag Schema").
 */
public final class ReferrersIndex {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReferrersIndex() {}

    /**
     * The index with one more referrer.
     *
     * @param existing the current index, if there is one
     * @param mediaType type of the referrer
     * @param referrer the referrer's bytes
     * @param digest the referrer's digest
     * @return the new index; null if it already contains the referrer
     * @throws InvalidManifestException if {@code existing} is not an index
     */
    public static byte @Nullable [] with(byte @Nullable [] existing, String mediaType, byte[] referrer, Digest digest)
            throws InvalidManifestException {
        try {
            ObjectNode index = existing == null ? empty() : object(MAPPER.readTree(existing));
            ArrayNode manifests = index.withArray("manifests");
            for (JsonNode manifest : manifests) {
                if (manifest.path("digest").asText().equals(digest.toString())) {
                    return null;
                }
            }
            manifests.add(descriptor(mediaType, MAPPER.readTree(referrer), referrer.length, digest));
            return MAPPER.writeValueAsBytes(index);
        } catch (IOException e) {
            throw new InvalidManifestException("the referrers index is not JSON", e);
        }
    }

    /**
     * The entries of a referrer list, from a referrers API or a fallback tag: an unreadable entry does not affect the
     * others. A document that is not an index lists nothing.
     *
     * @param contentType media type of the response; empty if unknown
     * @throws InvalidManifestException if the document claims to be an index but has no list of manifests
     */
    public static ReferrerList read(byte[] document, String contentType) throws InvalidManifestException {
        boolean isIndex = MediaTypes.isIndex(ManifestParser.bareType(contentType));
        JsonNode root = ManifestParser.readTree(document);
        if (isIndex && !root.isObject()) {
            throw new InvalidManifestException("the list of referrers is not a JSON object");
        }
        JsonNode entries = root.path("manifests");
        boolean isList = entries.isArray() || entries.isMissingNode() || entries.isNull();
        if (!isList && (isIndex || MediaTypes.isIndex(root.path("mediaType").asText()))) {
            throw new InvalidManifestException("'manifests' is not a list");
        }
        return entries.isArray() ? entries(entries) : ReferrerList.NONE;
    }

    /** The list as an index, without unreadable entries. */
    public static Manifest.Index index(byte[] document, String contentType) throws InvalidManifestException {
        String mediaType =
                ManifestParser.mediaType(ManifestParser.readTree(document), contentType, MediaTypes.OCI_INDEX);
        return new Manifest.Index(mediaType, null, read(document, contentType).referrers());
    }

    private static ReferrerList entries(JsonNode entries) {
        ReferrerList.Builder referrers = new ReferrerList.Builder();
        for (int i = 0; i < entries.size(); i++) {
            try {
                referrers.add(ManifestParser.descriptor(entries.get(i), "manifests[" + i + "]"));
            } catch (InvalidManifestException e) {
                referrers.skip(e.getMessage());
            }
        }
        return referrers.build();
    }

    /**
     * True if every entry has an artifact type, as clients give referrers, and no platform, unlike an image's entries.
     */
    public static boolean looksLikeOne(byte[] index) {
        try {
            for (JsonNode manifest : MAPPER.readTree(index).path("manifests")) {
                if (manifest.path("artifactType").asText("").isEmpty() || manifest.has("platform")) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ObjectNode empty() {
        return MAPPER.createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
    }

    private static ObjectNode object(JsonNode node) throws InvalidManifestException {
        if (node instanceof ObjectNode object && object.path("manifests").isArray()) {
            return object;
        }
        throw new InvalidManifestException("the referrers index has no list of manifests");
    }

    private static ObjectNode descriptor(String mediaType, JsonNode referrer, int size, Digest digest) {
        ObjectNode descriptor = MAPPER.createObjectNode();
        descriptor.put("mediaType", mediaType).put("digest", digest.toString()).put("size", size);
        String own = referrer.path("artifactType").asText("");
        String artifactType =
                own.isEmpty() ? referrer.path("config").path("mediaType").asText("") : own;
        if (!artifactType.isEmpty()) {
            descriptor.put("artifactType", artifactType);
        }
        if (referrer.path("annotations").isObject()) {
            descriptor.set("annotations", referrer.get("annotations"));
        }
        return descriptor;
    }
}
