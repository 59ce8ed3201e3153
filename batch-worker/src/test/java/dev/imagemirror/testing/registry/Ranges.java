package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers a GET with all of a content or with the one range that it asks for (RFC 9110 section 14). */
public final class Ranges {
    private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    private Ranges() {}

    /** An answer of bytes in memory; 206 or 416 if there is a {@code Range} header. */
    public static Response answer(Request request, byte[] bytes) {
        return answer(request, Content.of(bytes));
    }

    static Response answer(Request request, Content content) {
        Response whole = Response.of(200).with("Accept-Ranges", "bytes").withBody(content);
        Matcher range = ONE_RANGE.matcher(request.headers().first("Range").orElse(""));
        // A range in another form than this is ignored, which the RFC allows.
        boolean wanted = range.matches() && range.end() - range.start() > "bytes=-".length();
        return wanted ? part(whole, content, range.group(1), range.group(2)) : whole;
    }

    private static Response part(Response whole, Content content, String from, String to) {
        long length = content.length();
        long first = from.isEmpty() ? Math.max(0, length - Long.parseLong(to)) : Long.parseLong(from);
        long last = from.isEmpty() || to.isEmpty() ? length - 1 : Math.min(length - 1, Long.parseLong(to));
        if (first > last) {
            return Response.text(416, "text/plain; charset=utf-8", "invalid range: failed to overlap\n")
                    .with("Content-Range", "bytes */" + length);
        }
        return new Response(206, whole.headers(), content.range(first, last), null, false)
                .with("Content-Range", "bytes " + first + "-" + last + "/" + length);
    }
}
