package dev.imagemirror.testing.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes status line and header fields. */
final class ResponseHead {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(204, "No Content"),
            Map.entry(206, "Partial Content"),
            Map.entry(304, "Not Modified"),
            Map.entry(307, "Temporary Redirect"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(407, "Proxy Authentication Required"),
            Map.entry(416, "Range Not Satisfiable"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"));

    private ResponseHead() {}

    static byte[] bytes(Response response, boolean close) {
        Headers headers = response.headers();
        if (mayHaveBody(response) && !headers.has("Content-Length")) {
            headers =
                    headers.with("Content-Length", Long.toString(response.body().length()));
        }
        if (close) {
            headers = headers.with("Connection", "close");
        }
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(response.status())
                .append(' ')
                .append(REASONS.getOrDefault(response.status(), "Status"))
                .append("\r\n");
        headers.asMap()
                .forEach((name, values) -> values.forEach(
                        value -> head.append(name).append(": ").append(value).append("\r\n")));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether the header promises another length than the body has; the connection is of no use afterwards. */
    static boolean lies(Response response) {
        String actual = Long.toString(response.body().length());
        return response.headers()
                .first("Content-Length")
                .filter(value -> !value.equals(actual))
                .isPresent();
    }

    private static boolean mayHaveBody(Response response) {
        boolean tunnel = response.takeover() != null;
        return !tunnel && response.status() != 204 && response.status() != 304;
    }
}
