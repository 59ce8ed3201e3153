package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Query;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.io.IOException;
import java.util.Optional;

/** {@code /v2/<name>/blobs/uploads/<id>}: a session, one PATCH or more or none, then PUT; or a mount. */
final class Uploads {
    private final ContentStore store;
    private final Traits traits;
    private final Locations locations;

    Uploads(ContentStore store, Traits traits, Locations locations) {
        this.store = store;
        this.traits = traits;
        this.locations = locations;
    }

    Response answer(Request request, Route route) throws IOException {
        if (route.reference().isEmpty()) {
            return request.method().equals("POST") ? start(request, route.repository()) : OciErrors.unsupported();
        }
        Optional<Upload> found = store.upload(route.repository(), route.reference());
        if (found.isEmpty()) {
            return OciErrors.uploadUnknown();
        }
        Upload upload = found.get();
        return switch (request.method()) {
            case "PATCH" -> patch(request, upload);
            case "PUT" ->
                finish(request, upload, request.query().first("digest").orElse(""));
            case "GET", "HEAD" -> progress(request, upload, 204);
            case "DELETE" -> cancel(upload);
            default -> OciErrors.unsupported();
        };
    }

    private Response start(Request request, String repository) throws IOException {
        Query query = request.query();
        Optional<String> mount = query.first("mount");
        if (mount.isPresent() && query.first("from").isEmpty() && traits.has(Trait.MOUNT_NEEDS_FROM)) {
            return OciErrors.error(400, "INVALID_REQUEST", "from is required for a mount");
        }
        if (mount.isPresent()
                && mounted(repository, mount.get(), query.first("from").orElse(""))) {
            return created(request, repository, mount.get());
        }
        Upload upload = store.startUpload(repository);
        Optional<String> digest = query.first("digest");
        return digest.isPresent() ? finish(request, upload, digest.get()) : progress(request, upload, 202);
    }

    private boolean mounted(String repository, String digest, String from) {
        if (traits.has(Trait.NO_MOUNT)) {
            return false;
        }
        if (traits.has(Trait.MOUNTS_NOTHING)) {
            return true;
        }
        Optional<Content> content = store.blob(from, digest);
        content.ifPresent(blob -> store.create(repository).blobs().put(digest, blob));
        return content.isPresent();
    }

    private Response patch(Request request, Upload upload) throws IOException {
        long expected = upload.content().length();
        Optional<String> range = request.headers().first("Content-Range");
        if (range.isPresent() && !range.get().replace("bytes ", "").startsWith(expected + "-")) {
            return OciErrors.error(416, "RANGE_INVALID", "invalid content range")
                    .plus("Range", range(upload));
        }
        if (!traits.has(Trait.FIRST_PATCH_ONLY)) {
            upload.patch(request.body());
            return progress(request, upload, 202);
        }
        if (upload.patches() == 0) {
            upload.patch(request.body());
        }
        return progress(request, upload, 201);
    }

    private Response finish(Request request, Upload upload, String digest) throws IOException {
        if (!Hashes.wellFormed(digest)) {
            return OciErrors.digestInvalid(digest);
        }
        upload.finish(request.body());
        Content content = upload.content();
        if (!content.digest(Hashes.prefixOf(digest)).equals(digest)) {
            store.endUpload(upload);
            return OciErrors.digestInvalid(digest);
        }
        store.create(upload.repository()).blobs().put(digest, content);
        store.endUpload(upload);
        return created(request, upload.repository(), digest);
    }

    private Response created(Request request, String repository, String digest) {
        Response answer = Response.of(201).with("Location", locations.blob(request, repository, digest));
        return traits.has(Trait.NO_CONTENT_DIGEST) ? answer : answer.with("Docker-Content-Digest", digest);
    }

    private Response progress(Request request, Upload upload, int status) {
        return Response.of(status)
                .with("Location", locations.upload(request, upload))
                .with("Range", range(upload))
                .with("Docker-Upload-UUID", upload.id());
    }

    private Response cancel(Upload upload) {
        store.endUpload(upload);
        return Response.of(204);
    }

    private static String range(Upload upload) {
        return "0-" + Math.max(0, upload.content().length() - 1);
    }
}
