package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.ResponseBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** How proxies and caches before a registry send what it answered. */
final class Encodings {
    private final Traits traits;

    Encodings(Traits traits) {
        this.traits = traits;
    }

    /** The answer as it arrives. */
    Response of(Request request, Response answer) throws IOException {
        boolean read = request.method().equals("GET");
        if (!read || answer.status() != 200) {
            return answer;
        }
        if (traits.has(Trait.ALWAYS_COMPRESSES) || (traits.has(Trait.COMPRESSES) && !wantsIdentity(request))) {
            return compressed(answer);
        }
        return traits.has(Trait.WHOLE_IS_PARTIAL) ? partial(answer) : answer;
    }

    private static boolean wantsIdentity(Request request) {
        return request.headers().first("Accept-Encoding").orElse("").equals("identity");
    }

    private static Response compressed(Response answer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            answer.body().writeTo(gzip);
        }
        return answer.with("Content-Encoding", "gzip").withBody(ResponseBody.of(bytes.toByteArray()));
    }

    private static Response partial(Response answer) {
        long length = answer.body().length();
        return new Response(206, answer.headers(), answer.body(), answer.takeover(), answer.close())
                .with("Content-Range", "bytes 0-" + (length - 1) + "/" + length);
    }
}
