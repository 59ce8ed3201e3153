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
    private final Traits traits;
    private final Paging paging;

    Tags(ContentStore store, Traits traits, Paging paging) {
        this.store = store;
        this.traits = traits;
        this.paging = paging;
    }

    Response tags(Request request, Route route) {
        Optional<RepositoryContent> content = store.find(route.repository());
        if (content.isEmpty()) {
            return OciErrors.nameUnknown(route.repository());
        }
        List<String> tags = List.copyOf(content.get().tags().keySet());
        Response answer = paging.answer(request, tags, shown -> {
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", route.repository());
            if (traits.has(Trait.MALFORMED_TAGS)) {
                malformed(body.putArray("tags"));
            }
            return list(body, "tags", shown);
        });
        return traits.has(Trait.LISTS_LOOP) ? Paging.looping(request, answer) : answer;
    }

    private static void malformed(ArrayNode array) {
        array.add("")
                .add("a/b")
                .add("-x")
                .addNull()
                .add(7)
                .add("x".repeat(129))
                .add("\u001b[2J\n")
                .add("\ud800");
    }

    Response catalog(Request request) {
        return paging.answer(
                request,
                store.repositories(),
                shown -> list(JsonNodeFactory.instance.objectNode(), "repositories", shown));
    }

    private static Response list(ObjectNode body, String field, List<String> values) {
        ArrayNode array = body.withArray(field);
        values.forEach(array::add);
        return Response.text(200, "application/json; charset=utf-8", body + "\n");
    }
}
