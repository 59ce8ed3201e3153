package dev.imagemirror.testing.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** One request while it is being served; only its connection's thread uses it. */
public final class Request {
    private final String method;
    private final String target;
    private final Headers headers;
    private final Pauses pauses;
    private InputStream body;

    Request(RequestHead head, InputStream body, Pauses pauses) {
        this.method = head.method();
        this.target = head.target();
        this.headers = head.headers();
        this.body = body;
        this.pauses = pauses;
    }

    /** The method, for instance {@code GET}. */
    public String method() {
        return method;
    }

    /** The request target as sent: path and query, an absolute URL, or {@code host:port} for CONNECT. */
    public String target() {
        return target;
    }

    /** The path, without the query. */
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** The query parameters. */
    public Query query() {
        int mark = target.indexOf('?');
        return Query.parse(mark < 0 ? "" : target.substring(mark + 1));
    }

    /** The header fields. */
    public Headers headers() {
        return headers;
    }

    /** The body, decoded from chunks; reading it sends {@code 100 Continue} first where the client waits for it. */
    public InputStream body() {
        return body;
    }

    /** Puts another stream in the body's place, usually one around it. */
    public void replaceBody(InputStream replacement) {
        body = replacement;
    }

    /** Waits, or throws as soon as the server closes. */
    public void pause(Duration time) throws IOException {
        pauses.pause(time);
    }
}
