package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;

/** 206 where the whole was asked for (RFC 9110, section 15.3.7): some caches answer so, and mean all of it or a part. */
public final class PartialContent {
    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

    private PartialContent() {}

    /** Makes an answer that has everything the 200 it should have been. */
    public static void takeAsWhole(RegistryEndpoint<?> endpoint, ClassicHttpResponse response)
            throws RegistryException {
        if (response.getCode() != 206) {
            return;
        }
        String range = Headers.value(response, HttpHeaders.CONTENT_RANGE);
        if (!isWhole(response)) {
            String shown = range == null ? "without Content-Range" : range.replaceAll("[^\\x20-\\x7e]", "?");
            throw RegistryException.answered(
                    ErrorKind.REFUSED,
                    206,
                    endpoint.subject() + ": " + endpoint.uri().getAuthority() + " answered 206 ("
                            + shown.substring(0, Math.min(shown.length(), 100))
                            + "), a part of what was asked for as a whole");
        }
        response.setCode(200);
    }

    /** True for a 206 that has everything. */
    public static boolean isWhole(ClassicHttpResponse response) {
        String range = Headers.value(response, HttpHeaders.CONTENT_RANGE);
        Matcher parts = RANGE.matcher(range == null ? "" : range.trim());
        return response.getCode() == 206
                && parts.matches()
                && Long.parseLong(parts.group(1)) == 0
                && Long.parseLong(parts.group(2)) + 1 == Long.parseLong(parts.group(3));
    }
}
