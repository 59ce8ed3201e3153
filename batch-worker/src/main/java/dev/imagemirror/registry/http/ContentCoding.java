package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpMessage;

/**
 * {@code Content-Encoding} (RFC 9110, section 8.4). Every request asks for {@code identity}, since lengths and digests
 * are those of the plain bytes; some proxies compress all the same. The header alone proves nothing: object stores also
 * send it with layers that are gzip files themselves.
 */
public final class ContentCoding {
    static final String IDENTITY = "identity";

    private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9, _-]{1,40}");

    private ContentCoding() {}

    /** The unexpected coding, formatted for a message. */
    public static Optional<String> unexpected(HttpMessage response) {
        return Headers.values(response, HttpHeaders.CONTENT_ENCODING)
                .map(String::trim)
                .filter(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase(IDENTITY))
                .map(coding -> SHOWN.matcher(coding).matches() ? coding : "unknown");
    }

    /** A permanent error: a server that compresses one response compresses the next. */
    public static RegistryException error(String subject, String coding) {
        return new RegistryException(
                ErrorKind.REFUSED,
                subject + " came with Content-Encoding " + coding + ", although " + IDENTITY
                        + " was requested, and is not what was announced; turn off compression in the registry or in the"
                        + " proxy in front of it");
    }

    /** Rejects an encoded document that no digest verifies. */
    public static void check(RegistryEndpoint<?> endpoint, HttpMessage response) throws RegistryException {
        Optional<String> coding = unexpected(response);
        if (endpoint.isUnverifiedDocument() && coding.isPresent()) {
            throw error(endpoint.subject(), coding.get());
        }
    }
}
