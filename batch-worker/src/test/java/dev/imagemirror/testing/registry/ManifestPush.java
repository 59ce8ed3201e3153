package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** PUT of a manifest: checks size, form, digest and that everything it refers to is there, then sets the tag. */
final class ManifestPush {
    /** The limit of docker-registry 2.8 and of the OCI specification's advice, in bytes. */
    private static final int LIMIT = 4 * 1024 * 1024;

    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private final ContentStore store;
    private final Traits traits;
    private final Locations locations;

    ManifestPush(ContentStore store, Traits traits, Locations locations) {
        this.store = store;
        this.traits = traits;
        this.locations = locations;
    }

    Response answer(Request request, Route route) throws IOException {
        byte[] bytes = request.body().readNBytes(LIMIT + 1);
        String mediaType = request.headers()
                .first("Content-Type")
                .orElse("")
                .split(";", 2)[0]
                .strip();
        Optional<ManifestJson> json = read(mediaType, bytes);
        if (bytes.length > LIMIT || json.isEmpty()) {
            return OciErrors.error(400, "MANIFEST_INVALID", "manifest invalid");
        }
        Content content = Content.of(bytes);
        String reference = route.reference();
        String digest = content.digest(Hashes.wellFormed(reference) ? Hashes.prefixOf(reference) : "sha256");
        StoredManifest manifest = new StoredManifest(digest, mediaType, content);
        return refusal(route, manifest, json.get()).orElseGet(() -> store(request, route, manifest, json.get()));
    }

    private Optional<ManifestJson> read(String mediaType, byte[] bytes) {
        Optional<ManifestJson> json = ManifestJson.parse(bytes);
        if (ManifestTypes.ALL.contains(mediaType)) {
            return json;
        }
        return traits.has(Trait.ANY_MANIFEST) ? json.or(() -> Optional.of(ManifestJson.empty())) : Optional.empty();
    }

    private Optional<Response> refusal(Route route, StoredManifest manifest, ManifestJson json) {
        String reference = route.reference();
        if (Hashes.wellFormed(reference)) {
            if (!reference.equals(manifest.digest())) {
                return Optional.of(OciErrors.digestInvalid(reference));
            }
        } else if (!TAG.matcher(reference).matches()) {
            return Optional.of(OciErrors.error(400, "TAG_INVALID", "manifest tag did not match URI", reference));
        } else if (isImmutable(route)) {
            return Optional.of(tagExists(route));
        }
        return missing(route.repository(), json);
    }

    private boolean isImmutable(Route route) {
        return traits.has(Trait.IMMUTABLE_TAGS)
                && store.manifest(route.repository(), route.reference()).isPresent();
    }

    private Optional<Response> missing(String repository, ManifestJson json) {
        RepositoryContent content = store.find(repository).orElseGet(RepositoryContent::new);
        Optional<String> blob = json.blobs().stream()
                .filter(digest -> !content.blobs().containsKey(digest))
                .findFirst();
        if (blob.isPresent()) {
            return Optional.of(OciErrors.error(400, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry", blob.get()));
        }
        return json.children().stream()
                .filter(digest -> !content.manifests().containsKey(digest))
                .filter(digest ->
                        !traits.has(Trait.ANY_MANIFEST) || !content.blobs().containsKey(digest))
                .findFirst()
                .map(this::childMissing);
    }

    private Response childMissing(String digest) {
        // ECR's wording; the code is that of docker-registry.
        String message = traits.has(Trait.REPOSITORIES_MUST_EXIST)
                ? "Images with digests '[" + digest + "]' required for pushing image into repository do not exist"
                : "blob unknown to registry";
        return OciErrors.error(400, "MANIFEST_BLOB_UNKNOWN", message, digest);
    }

    private Response store(Request request, Route route, StoredManifest manifest, ManifestJson json) {
        RepositoryContent content = store.create(route.repository());
        content.manifests().put(manifest.digest(), manifest);
        if (!Hashes.wellFormed(route.reference())) {
            content.tags().put(route.reference(), manifest.digest());
        }
        Response answer =
                Response.of(201).with("Location", locations.manifest(request, route.repository(), manifest.digest()));
        if (!traits.has(Trait.NO_CONTENT_DIGEST)) {
            answer = answer.with("Docker-Content-Digest", manifest.digest());
        }
        Optional<String> subject = traits.has(Trait.NO_REFERRERS) ? Optional.empty() : json.subject();
        return subject.isPresent() ? answer.with("OCI-Subject", subject.get()) : answer;
    }

    private static Response tagExists(Route route) {
        String message = "The image tag '%s' already exists in the '%s' repository and cannot be overwritten because"
                        .formatted(route.reference(), route.repository())
                + " the tag is immutable.";
        return OciErrors.error(400, "TAG_INVALID", message, "ImageTagAlreadyExistsException");
    }
}
