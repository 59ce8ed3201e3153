package dev.imagemirror.testing.http;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * An immutable answer. {@code Content-Length} follows from the body unless a header of that name is set, which makes a
 * lying answer possible.
 *
 * @param takeover what to do with the raw connection after the head, or null; with status 0 even the head is its own
 * @param close whether the connection ends after this answer
 */
public record Response(int status, Headers headers, ResponseBody body, Takeover takeover, boolean close) {
    /** Checks that all but {@code takeover} is given. */
    public Response {
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(body, "body");
    }

    /** An answer without headers or body. */
    public static Response of(int status) {
        return new Response(status, Headers.none(), ResponseBody.EMPTY, null, false);
    }

    /** An answer with a body of text. */
    public static Response text(int status, String contentType, String text) {
        return of(status)
                .with("Content-Type", contentType)
                .withBody(ResponseBody.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** An answer whose connection the takeover serves; status 0 sends no head. */
    public static Response takenOver(int status, Takeover takeover) {
        return new Response(status, Headers.none(), ResponseBody.EMPTY, takeover, true);
    }

    /** This answer with the header set. */
    public Response with(String name, String value) {
        return new Response(status, headers.with(name, value), body, takeover, close);
    }

    /** This answer with one more header field. */
    public Response plus(String name, String value) {
        return new Response(status, headers.plus(name, value), body, takeover, close);
    }

    /** This answer without the header. */
    public Response without(String name) {
        return new Response(status, headers.without(name), body, takeover, close);
    }

    /** This answer with another body. */
    public Response withBody(ResponseBody replacement) {
        return new Response(status, headers, replacement, takeover, close);
    }

    /** This answer with its body seen through {@code change}. */
    public Response mapBody(UnaryOperator<ResponseBody> change) {
        return withBody(change.apply(body));
    }

    /** This answer, after which the connection ends; what the client still sends is not read. */
    public Response closing() {
        return new Response(status, headers, body, takeover, true);
    }
}
