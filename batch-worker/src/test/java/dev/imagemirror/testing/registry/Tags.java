package dev.imagemirror.testing.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.util.List;
import java.util.Optional;

/** {@code /v2/<name>/tags/list} and {@code /v2/_catalog}. */
final class Tags {
    private final ContentStore store;
    private final Paging paging;

    Tags(ContentStore store, Paging paging) {
        this.store = store;
        this.paging = paging;
    }

    Response tags(Request request, Route route) {
        Optional<RepositoryContent> content = store.find(route.repository());
        if (content.isEmpty()) {
            return OciErrors.nameUnknown(route.repository());
        }
        List<String> tags = List.copyOf(content.get().tags().keySet());
        return paging.answer(request, tags, shown -> {
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", route.repository());
            return list(body, "tags", shown);
        });
    }

    Response catalog(Request request) {
        return paging.answer(
                request,
                store.repositories(),
                shown -> list(JsonNodeFactory.instance.objectNode(), "repositories", shown));
    }

    private static Response list(ObjectNode body, String field, List<String> values) {
        ArrayNode array = body.putArray(field);
        values.forEach(array::add);
        return Response.text(200, "application/json; charset=utf-8", body + "\n");
    }
}
