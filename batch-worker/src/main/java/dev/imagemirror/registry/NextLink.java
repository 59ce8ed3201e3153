package dev.imagemirror.registry;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Link: <…>; rel="next"} header by which lists are paged (RFC 8288). */
final class NextLink {
    private static final Pattern NEXT =
            Pattern.compile("<([^<>\\s]{1,4096})>\\s{0,8};[^,<>]{0,256}?rel\\s{0,8}=\\s{0,8}\"?next\"?");

    private NextLink() {}

    /** The next page, or null if this was the last or the link leads to another host. */
    static URI of(URI current, String header) {
        Matcher next = header == null ? null : NEXT.matcher(header);
        if (next == null || !next.find()) {
            return null;
        }
        try {
            URI uri = current.resolve(next.group(1));
            return current.getRawAuthority().equals(uri.getRawAuthority()) && !current.equals(uri) ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
