package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.util.Locale;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpMessage;

/**
 * {@code Content-Encoding} (RFC 9110, section 8.4). Every request asks for {@code identity}, since lengths and digests
 * are those of the plain bytes; some proxies compress all the same. The header alone proves nothing: object stores also
 * send it with layers that are gzip files themselves.
 */
public final class ContentCoding {
    static final String IDENTITY = "identity";

    private ContentCoding() {}

    /** The coding that was not asked for, fit for a message, or null. */
    public static String unexpected(HttpMessage response) {
        String value = Headers.values(response, HttpHeaders.CONTENT_ENCODING);
        if (value == null || value.isBlank() || value.trim().equalsIgnoreCase(IDENTITY)) {
            return null;
        }
        return value.trim().toLowerCase(Locale.ROOT).matches("[a-z0-9, _-]{1,40}") ? value.trim() : "unknown";
    }

    /** An error that would come again: who compresses one answer compresses the next. */
    public static RegistryException error(String subject, String coding) {
        return new RegistryException(
                ErrorKind.REFUSED,
                subject + " came with Content-Encoding " + coding + ", though " + IDENTITY
                        + " was asked for, and is not what was announced; turn compression off in the registry or the"
                        + " proxy before it");
    }

    /** Refuses a document that nothing verifies if it is encoded. */
    public static void check(RegistryEndpoint<?> endpoint, HttpMessage response) throws RegistryException {
        String coding = endpoint.isUnverifiedDocument() ? unexpected(response) : null;
        if (coding != null) {
            throw error(endpoint.subject(), coding);
        }
    }
}
