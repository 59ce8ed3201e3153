package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;

/** {@code /v2/<name>/blobs/<digest>}. */
final class Blobs {
    private final ContentStore store;
    private final Traits traits;

    Blobs(ContentStore store, Traits traits) {
        this.store = store;
        this.traits = traits;
    }

    Response answer(Request request, Route route) {
        if (!Hashes.wellFormed(route.reference())) {
            return OciErrors.digestInvalid(route.reference());
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> get(request, route);
            case "DELETE" -> delete(route);
            default -> OciErrors.unsupported();
        };
    }

    private Response get(Request request, Route route) {
        String digest = route.reference();
        if (traits.has(Trait.NO_RANGES) && request.headers().first("Range").isPresent()) {
            return OciErrors.error(416, "RANGE_INVALID", "invalid range");
        }
        return store.blob(route.repository(), digest)
                .map(content -> withHeaders(Ranges.answer(request, content), digest))
                .orElseGet(() -> lost(request, digest));
    }

    private Response lost(Request request, String digest) {
        boolean shown = request.method().equals("HEAD") && traits.has(Trait.SHOWS_LOST_BLOBS);
        return shown ? withHeaders(Response.of(200), digest) : OciErrors.blobUnknown(digest);
    }

    private Response withHeaders(Response answer, String digest) {
        if (answer.status() == 416) {
            return answer;
        }
        Response described = answer.with("Content-Type", "application/octet-stream")
                .with("Cache-Control", "max-age=31536000")
                .with("Etag", '"' + digest + '"');
        return traits.has(Trait.NO_CONTENT_DIGEST) ? described : described.with("Docker-Content-Digest", digest);
    }

    private Response delete(Route route) {
        boolean deleted = store.find(route.repository())
                .map(content -> content.blobs().remove(route.reference()) != null)
                .orElse(false);
        return deleted ? Response.of(202) : OciErrors.blobUnknown(route.reference());
    }
}
