package dev.imagemirror.registry;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Link: <…>; rel="next"} header by which lists are paged (RFC 8288). */
final class NextLink {
    private static final Pattern NEXT = Pattern.compile(
            "<([^<>\\s]{1,4096})>\\s{0,8};(?:[^,<>]{0,256}[;\\s])?rel\\s{0,8}=\\s{0,8}\"?next(?=[\"\\s;,]|$)",
            Pattern.CASE_INSENSITIVE);

    private NextLink() {}

    /**
     * The next page, or null if this was the last or the link leads to another host. The scheme stays: a registry
     * behind a proxy that ends TLS may call itself by plain HTTP.
     */
    static URI of(URI current, String header) {
        Matcher next = header == null ? null : NEXT.matcher(header);
        if (next == null || !next.find()) {
            return null;
        }
        try {
            URI uri = resolve(current, next.group(1));
            if (!current.getRawAuthority().equalsIgnoreCase(uri.getRawAuthority())) {
                return null;
            }
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            URI page = URI.create(current.getScheme() + "://" + current.getRawAuthority() + uri.getRawPath() + query);
            return page.equals(current) ? null : page;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Like RFC 3986, where a query alone keeps the path; {@link URI#resolve} would cut off its last part. */
    private static URI resolve(URI current, String link) {
        return current.resolve(link.startsWith("?") ? current.getRawPath() + link : link);
    }
}
