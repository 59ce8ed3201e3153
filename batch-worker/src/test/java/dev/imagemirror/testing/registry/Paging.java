package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a sorted list, by {@code n} and {@code last}, and the {@code Link} header to the next page (RFC 8288).
 *
 * @param limit the most entries of a page, whatever {@code n} says
 */
record Paging(int limit) {
    Response answer(Request request, List<String> keys, Function<List<String>, Response> page) {
        int wanted = request.query().first("n").map(Integer::parseInt).orElse(limit);
        String last = request.query().first("last").orElse("");
        int size = Math.min(wanted, limit);
        List<String> rest = keys.stream().filter(key -> key.compareTo(last) > 0).toList();
        List<String> shown = rest.subList(0, Math.min(size, rest.size()));
        Response answer = page.apply(shown);
        return shown.size() == rest.size() || shown.isEmpty()
                ? answer
                : answer.with("Link", "<" + next(request, shown, size) + ">; rel=\"next\"");
    }

    /** The answer, after whose last page comes the first one again. */
    static Response looping(Request request, Response answer) {
        return answer.headers().first("Link").isPresent()
                ? answer
                : answer.with("Link", "<" + request.path() + "?n=1>; rel=\"next\"");
    }

    private static String next(Request request, List<String> shown, int size) {
        String last = URLEncoder.encode(shown.get(shown.size() - 1), StandardCharsets.UTF_8);
        String filter = request.query()
                .first("artifactType")
                .map(type -> "&artifactType=" + URLEncoder.encode(type, StandardCharsets.UTF_8))
                .orElse("");
        return request.path() + "?last=" + last + "&n=" + size + filter;
    }
}
