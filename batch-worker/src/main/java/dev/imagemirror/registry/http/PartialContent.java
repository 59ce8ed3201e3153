package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * 206 to a request without a range (RFC 9110, section 15.3.7): some caches send it, with all or some of the content.
 */
public final class PartialContent {
    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

    private PartialContent() {}

    /** Turns a complete 206 into the 200 that it should have been. */
    public static void takeAsWhole(RegistryEndpoint<?> endpoint, ClassicHttpResponse response)
            throws RegistryException {
        if (response.getCode() != 206) {
            return;
        }
        if (!isWhole(response)) {
            String shown = Headers.value(response, HttpHeaders.CONTENT_RANGE)
                    .map(range -> range.replaceAll("[^\\x20-\\x7e]", "?"))
                    .orElse("without Content-Range");
            throw RegistryException.answered(
                    ErrorKind.REFUSED,
                    206,
                    endpoint.subject() + ": " + endpoint.uri().getAuthority() + " answered 206 ("
                            + shown.substring(0, Math.min(shown.length(), 100))
                            + "), a part, although the whole was requested");
        }
        response.setCode(200);
    }

    /** True for a complete 206. */
    public static boolean isWhole(ClassicHttpResponse response) {
        Matcher parts = RANGE.matcher(
                Headers.value(response, HttpHeaders.CONTENT_RANGE).orElse("").trim());
        return response.getCode() == 206
                && parts.matches()
                && Long.parseLong(parts.group(1)) == 0
                && Long.parseLong(parts.group(2)) + 1 == Long.parseLong(parts.group(3));
    }
}
