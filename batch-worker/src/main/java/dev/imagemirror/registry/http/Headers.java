package dev.imagemirror.registry.http;

import dev.imagemirror.image.Digest;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;

/** Header names of the distribution API, and accessors for headers. */
public final class Headers {
    static final String CONTENT_DIGEST = "Docker-Content-Digest";
    public static final String OCI_SUBJECT = "OCI-Subject";
    public static final String RATE_LIMIT_REMAINING = "RateLimit-Remaining";
    public static final String RATE_LIMIT_RESET = "RateLimit-Reset";

    private Headers() {}

    /** The first value of {@code name}. */
    public static Optional<String> value(HttpMessage message, String name) {
        return Optional.ofNullable(message.getFirstHeader(name)).map(Header::getValue);
    }

    /** All values of {@code name} as one list (RFC 9110, section 5.3); empty if the header is absent. */
    public static Optional<String> values(HttpMessage message, String name) {
        return Arrays.stream(message.getHeaders(name))
                .map(Header::getValue)
                .reduce((before, value) -> before + ", " + value);
    }

    /** The digest that the registry reports; empty if there is none or it is malformed. */
    public static Optional<Digest> contentDigest(HttpMessage message) {
        try {
            return value(message, CONTENT_DIGEST).map(String::trim).map(Digest::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
