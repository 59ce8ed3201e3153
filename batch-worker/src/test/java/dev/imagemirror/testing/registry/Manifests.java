package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /v2/<name>/manifests/<reference>}: reading and deleting; {@link ManifestPush} takes new ones. */
final class Manifests {
    private static final Pattern DIGEST_TAG = Pattern.compile("(sha256)-([0-9a-f]{64})(?:\\..*)?");

    private final ContentStore store;
    private final Traits traits;
    private final ManifestPush push;

    Manifests(ContentStore store, Traits traits, ManifestPush push) {
        this.store = store;
        this.traits = traits;
        this.push = push;
    }

    Response answer(Request request, Route route) throws IOException {
        return switch (request.method()) {
            case "GET", "HEAD" -> get(request, route);
            case "PUT" -> push.answer(request, route);
            case "DELETE" -> delete(route);
            default -> OciErrors.unsupported();
        };
    }

    private Response get(Request request, Route route) {
        Optional<StoredManifest> found = store.manifest(route.repository(), route.reference());
        Matcher digest = DIGEST_TAG.matcher(route.reference());
        if (found.isEmpty() && traits.has(Trait.DIGEST_TAGS_ARE_SUBJECT) && digest.matches()) {
            found = store.manifest(route.repository(), digest.group(1) + ":" + digest.group(2));
        }
        return found.map(manifest -> negotiate(request, route, manifest)).orElseGet(() -> lost(request, route));
    }

    private Response lost(Request request, Route route) {
        boolean shown = request.method().equals("HEAD")
                && Hashes.wellFormed(route.reference())
                && traits.has(Trait.SHOWS_LOST_MANIFESTS);
        return shown
                ? Response.of(200)
                        .with("Content-Type", ManifestTypes.OCI_MANIFEST)
                        .with("Docker-Content-Digest", route.reference())
                : OciErrors.manifestUnknown(route.reference());
    }

    /** As docker-registry 2.8 does it: an OCI type that is not accepted is refused, a Docker list is resolved. */
    private Response negotiate(Request request, Route route, StoredManifest manifest) {
        String mediaType = manifest.mediaType();
        if (traits.has(Trait.IGNORES_ACCEPT) || accepts(request, mediaType)) {
            return serve(request, manifest);
        }
        if (traits.has(Trait.STRICT_ACCEPT)) {
            return refused("manifest found, but accept header does not support its type");
        }
        if (mediaType.equals(ManifestTypes.OCI_MANIFEST)) {
            return refused("OCI manifest found, but accept header does not support OCI manifests");
        }
        if (mediaType.equals(ManifestTypes.OCI_INDEX)) {
            return refused("OCI index found, but accept header does not support OCI indexes");
        }
        boolean byTag = !Hashes.wellFormed(route.reference());
        if (byTag && mediaType.equals(ManifestTypes.DOCKER_LIST)) {
            return ManifestJson.of(manifest)
                    .defaultChild()
                    .flatMap(child -> store.manifest(route.repository(), child))
                    .map(child -> serve(request, child))
                    .orElseGet(() -> OciErrors.manifestUnknown(route.reference()));
        }
        return serve(request, manifest);
    }

    private Response serve(Request request, StoredManifest manifest) {
        String tag = '"' + manifest.digest() + '"';
        if (request.headers().all("If-None-Match").contains(tag)) {
            return Response.of(304);
        }
        Response answer = Response.of(200)
                .with("Content-Type", manifest.mediaType())
                .with("Etag", tag)
                .withBody(manifest.content());
        return traits.has(Trait.NO_CONTENT_DIGEST)
                ? answer.without("Etag")
                : answer.with("Docker-Content-Digest", manifest.digest());
    }

    private Response delete(Route route) {
        Optional<RepositoryContent> found = store.find(route.repository());
        String reference = route.reference();
        boolean deleted = found.isPresent()
                && (Hashes.wellFormed(reference)
                        ? found.get().deleteManifest(reference)
                        : found.get().tags().remove(reference) != null);
        return deleted ? Response.of(202) : OciErrors.manifestUnknown(reference);
    }

    private static boolean accepts(Request request, String mediaType) {
        return request.headers().all("Accept").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(value -> value.split(";", 2)[0].strip())
                .anyMatch(mediaType::equals);
    }

    private static Response refused(String message) {
        return OciErrors.error(404, "MANIFEST_UNKNOWN", message);
    }
}
