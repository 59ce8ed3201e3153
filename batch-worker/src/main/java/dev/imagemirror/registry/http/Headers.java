package dev.imagemirror.registry.http;

import dev.imagemirror.image.Digest;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;

/** Header names of the distribution API and how to read them. */
public final class Headers {
    static final String CONTENT_DIGEST = "Docker-Content-Digest";
    public static final String OCI_SUBJECT = "OCI-Subject";
    public static final String RATE_LIMIT_REMAINING = "RateLimit-Remaining";
    public static final String RATE_LIMIT_RESET = "RateLimit-Reset";

    private Headers() {}

    /** The first value of {@code name}, or null. */
    public static String value(HttpMessage message, String name) {
        Header header = message.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** All values of {@code name} as one list (RFC 9110, section 5.3), or null if there is none. */
    public static String values(HttpMessage message, String name) {
        Header[] headers = message.getHeaders(name);
        return headers.length == 0
                ? null
                : Arrays.stream(headers).map(Header::getValue).collect(Collectors.joining(", "));
    }

    /** The digest that the registry says, or null if it says none that can be read. */
    public static Digest contentDigest(HttpMessage message) {
        String value = value(message, CONTENT_DIGEST);
        try {
            return value == null ? null : Digest.parse(value.trim());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
