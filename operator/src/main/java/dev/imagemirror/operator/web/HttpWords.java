package dev.imagemirror.operator.web;

import java.util.Set;

/** HTTP methods and statuses as labels: a fixed set, so that registries cannot invent labels. */
final class HttpWords {
    private static final Set<String> METHODS = Set.of("HEAD", "GET", "PUT", "POST", "PATCH", "DELETE");
    private static final Set<Integer> STATUSES = Set.of(
            200, 201, 202, 204, 206, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 408, 409, 413, 416, 429, 500,
            502, 503, 504);

    private HttpWords() {}

    static String method(String method) {
        return METHODS.contains(method) ? method : "other";
    }

    /** {@code none} if there was no response; a class such as {@code 4xx} for rare statuses. */
    static String status(int status) {
        if (status == 0) {
            return "none";
        }
        if (STATUSES.contains(status)) {
            return String.valueOf(status);
        }
        return status >= 100 && status < 600 ? status / 100 + "xx" : "other";
    }
}
