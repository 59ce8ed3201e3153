package dev.imagemirror.image;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Media types of manifests and layers (OCI image specification "media-types", Docker image manifest v2 schema 2). */
public final class MediaTypes {
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_ARTIFACT = "application/vnd.oci.artifact.manifest.v1+json";
    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_SCHEMA1 = "application/vnd.docker.distribution.manifest.v1+json";
    public static final String DOCKER_SCHEMA1_SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    /**
     * What every manifest request accepts, always in this order: with another list, Docker Hub negotiates another
     * digest. Schema 1 is included only to report that it is not supported.
     */
    public static final String ACCEPT = String.join(
            ", ", OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST, OCI_ARTIFACT, DOCKER_SCHEMA1_SIGNED);

    private static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_LIST);
    private static final Set<String> MANIFESTS = Set.of(OCI_MANIFEST, DOCKER_MANIFEST, OCI_ARTIFACT);
    private static final Set<String> SCHEMA1 = Set.of(DOCKER_SCHEMA1, DOCKER_SCHEMA1_SIGNED);
    private static final List<String> NON_DISTRIBUTABLE = List.of(
            "application/vnd.oci.image.layer.nondistributable.v1.",
            "application/vnd.docker.image.rootfs.foreign.diff.");

    private static final List<String> FILE_SYSTEM_LAYERS =
            List.of("application/vnd.oci.image.layer.", "application/vnd.docker.image.rootfs.");

    /** Type and subtype (RFC 6838 section 4.2). */
    private static final Pattern WELL_FORMED =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}");

    private MediaTypes() {}

    /** True if it is safe to put into a header. */
    public static boolean isWellFormed(String mediaType) {
        return WELL_FORMED.matcher(mediaType).matches();
    }

    /** True for a type registered for a specific purpose, unlike {@code application/json} or {@code text/html}. */
    public static boolean isVendorType(String mediaType) {
        return isWellFormed(mediaType) && mediaType.startsWith("application/vnd.");
    }

    /** True if it is certainly a manifest. */
    public static boolean isAnyManifest(String mediaType) {
        return isIndex(mediaType) || isManifest(mediaType) || isSchema1(mediaType);
    }

    /** True for an OCI index or a Docker manifest list. */
    public static boolean isIndex(String mediaType) {
        return INDEXES.contains(mediaType);
    }

    /** True for an image or artifact manifest. */
    public static boolean isManifest(String mediaType) {
        return MANIFESTS.contains(mediaType);
    }

    /** True for Docker's schema 1, which this program does not copy. */
    public static boolean isSchema1(String mediaType) {
        return SCHEMA1.contains(mediaType);
    }

    /** True for file system layers of a container. */
    static boolean isFileSystemLayer(String mediaType) {
        return FILE_SYSTEM_LAYERS.stream().anyMatch(mediaType::startsWith);
    }

    /** True for layers that registries are not supposed to hold. */
    public static boolean isNonDistributable(String mediaType) {
        return NON_DISTRIBUTABLE.stream().anyMatch(mediaType::startsWith);
    }
}
