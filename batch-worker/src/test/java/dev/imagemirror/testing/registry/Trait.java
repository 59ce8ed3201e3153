package dev.imagemirror.testing.registry;

/** A way in which a registry differs from the default, which is docker-registry 2.8 with the OCI 1.1 referrers API. */
public enum Trait {
    /** {@code Location} headers are paths, not URLs. */
    RELATIVE_LOCATIONS,
    /** The {@code Location} of an upload has no query of its own. */
    UPLOAD_LOCATIONS_WITHOUT_QUERY,
    /** No {@code Docker-Content-Digest} header, as behind some proxies. */
    NO_CONTENT_DIGEST,
    /** The referrers API answers 404 and {@code OCI-Subject} is not sent. */
    NO_REFERRERS,
    /** The referrers API answers the subject itself, as some proxies do. */
    REFERRERS_ARE_SUBJECT,
    /** Tags {@code sha256-<hex>…} that nobody pushed are the manifest of that digest (oras-project/oras-go #1396). */
    DIGEST_TAGS_ARE_SUBJECT,
    /** A mount is answered by 202 and an ordinary upload. */
    NO_MOUNT,
    /** A mount is answered by 201, and the blob is not there. */
    MOUNTS_NOTHING,
    /** {@code HEAD} shows blobs that are not there, as a cache does that missed their removal. */
    SHOWS_LOST_BLOBS,
    /** {@code HEAD} by digest shows manifests that are not there. */
    SHOWS_LOST_MANIFESTS,
    /** A request for a part of a blob is answered by 416. */
    NO_RANGES,
    /** A mount without {@code from} is refused with 400, as Quay does. */
    MOUNT_NEEDS_FROM,
    /** Writes are answered by 405 {@code UNSUPPORTED}. */
    READ_ONLY,
    /** Writes are answered by 403 {@code DENIED}. */
    WRITES_DENIED,
    /** A tag that exists cannot be pushed again, not even with the same digest. */
    IMMUTABLE_TAGS,
    /** A repository must be created first; until then every request to it is answered by 404 {@code NAME_UNKNOWN}. */
    REPOSITORIES_MUST_EXIST,
    /** Reads in a repository that does not exist are answered by 401 {@code UNAUTHORIZED}, as in Quay. */
    UNKNOWN_REPOSITORIES_UNAUTHORIZED,
    /** Reads in a repository that does not exist are answered by 403 {@code DENIED}, as in GHCR. */
    UNKNOWN_REPOSITORIES_DENIED,
    /** PATCH is answered by 201 and only the first one of an upload is kept, as in ECR. */
    FIRST_PATCH_ONLY,
    /** Manifests are served whatever {@code Accept} says. */
    IGNORES_ACCEPT,
    /** Manifests of whatever type are served only to those who accept it; others get 404. */
    STRICT_ACCEPT,
    /** Manifests of any media type are taken, and an index may list blobs. */
    ANY_MANIFEST,
    /** Lists of tags also hold names that are no tags, and elements that are no texts. */
    MALFORMED_TAGS,
    /** Lists of referrers, each page, also hold entries that are no descriptors. */
    MALFORMED_REFERRERS,
    /** The last page of tags or referrers names the first one as the next. */
    LISTS_LOOP,
    /** HEAD is answered by 405, as by old proxies and nginx with {@code limit_except}. */
    NO_HEAD,
    /** Answers to GET come compressed unless {@code Accept-Encoding} is {@code identity} alone. */
    COMPRESSES,
    /** Answers to GET come compressed, whatever was asked for. */
    ALWAYS_COMPRESSES,
    /** A GET of the whole is answered by 206 with a {@code Content-Range} of all bytes, as by some caches. */
    WHOLE_IS_PARTIAL
}
