package dev.imagemirror.testing.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code /v2/<name>/referrers/<digest>} (OCI distribution specification 1.1, "Listing Referrers"). */
final class Referrers {
    private final ContentStore store;
    private final Traits traits;
    private final Paging paging;

    Referrers(ContentStore store, Traits traits, Paging paging) {
        this.store = store;
        this.traits = traits;
        this.paging = paging;
    }

    Response answer(Request request, Route route) {
        if (traits.has(Trait.NO_REFERRERS)) {
            return Response.text(404, "text/plain; charset=utf-8", "404 page not found\n");
        }
        if (!Hashes.wellFormed(route.reference())) {
            return OciErrors.digestInvalid(route.reference());
        }
        Optional<StoredManifest> subject = store.manifest(route.repository(), route.reference());
        if (traits.has(Trait.REFERRERS_ARE_SUBJECT) && subject.isPresent()) {
            return Response.of(200)
                    .with("Content-Type", ManifestTypes.OCI_INDEX)
                    .withBody(subject.get().content());
        }
        String type = request.query().first("artifactType").orElse("");
        SortedMap<String, ObjectNode> found = find(route, type);
        Response answer = paging.answer(request, List.copyOf(found.keySet()), shown -> index(found, shown));
        answer = traits.has(Trait.LISTS_LOOP) ? Paging.looping(request, answer) : answer;
        return type.isEmpty() ? answer : answer.with("OCI-Filters-Applied", "artifactType");
    }

    private SortedMap<String, ObjectNode> find(Route route, String type) {
        SortedMap<String, ObjectNode> found = new TreeMap<>();
        Map<String, StoredManifest> manifests =
                store.find(route.repository()).map(RepositoryContent::manifests).orElse(Map.of());
        for (StoredManifest manifest : manifests.values()) {
            ManifestJson.parse(manifest.content().toBytes())
                    .filter(json ->
                            json.subject().filter(route.reference()::equals).isPresent())
                    .filter(json -> type.isEmpty() || type.equals(json.artifactType()))
                    .ifPresent(json -> found.put(manifest.digest(), descriptor(manifest, json)));
        }
        return found;
    }

    private static ObjectNode descriptor(StoredManifest manifest, ManifestJson json) {
        ObjectNode descriptor = JsonNodeFactory.instance
                .objectNode()
                .put("mediaType", manifest.mediaType())
                .put("digest", manifest.digest())
                .put("size", manifest.content().length())
                .put("artifactType", json.artifactType());
        if (json.annotations().isObject()) {
            descriptor.set("annotations", json.annotations());
        }
        return descriptor;
    }

    private static void malformed(ArrayNode entries) {
        String digest = "sha256:" + "ab".repeat(32);
        entries.addNull().add("x").add(7).addObject();
        entries.addObject().put("digest", digest);
        entries.addObject().put("digest", digest).put("size", -1);
        entries.addObject().put("digest", digest).put("size", "1");
        entries.addObject().put("digest", "blake3:" + "ab".repeat(32)).put("size", 1);
        entries.addObject().put("digest", "\u001b[2J" + "x".repeat(1000)).put("size", 1);
    }

    private Response index(SortedMap<String, ObjectNode> found, List<String> shown) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("schemaVersion", 2).put("mediaType", ManifestTypes.OCI_INDEX);
        ArrayNode manifests = body.putArray("manifests");
        if (traits.has(Trait.MALFORMED_REFERRERS)) {
            malformed(manifests);
        }
        shown.forEach(digest -> manifests.add(found.get(digest)));
        return Response.text(200, ManifestTypes.OCI_INDEX, body.toString());
    }
}
