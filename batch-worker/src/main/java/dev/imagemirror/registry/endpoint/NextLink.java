package dev.imagemirror.registry.endpoint;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * The {@code Link: <…>; rel="next"} header by which lists are paged (OCI distribution specification, "Listing Tags"; RFC
 * 8288).
 *
 * @param page where the list goes on, or null
 * @param fault why it cannot be read to its end, or null; without page and fault, this was the last page
 */
record NextLink(URI page, String fault) {
    private static final String NEXT = "next";
    private static final Pattern MAYBE_NEXT = Pattern.compile("\\b" + NEXT + "\\b", Pattern.CASE_INSENSITIVE);
    private static final int MAX_LINK = 4096;
    private static final int MAX_SHOWN = 200;
    private static final NextLink NONE = new NextLink(null, null);

    /**
     * The next page. The scheme stays: a registry behind a proxy that ends TLS may call itself by plain HTTP.
     *
     * @param header all {@code Link} headers of the answer, or null
     */
    static NextLink read(URI current, String header) {
        if (header == null) {
            return NONE;
        }
        LinkHeader.Links read = LinkHeader.links(header);
        for (LinkHeader.Link link : read.links()) {
            if (link.relations().contains(NEXT)) {
                return follow(current, link.target());
            }
        }
        return MAYBE_NEXT.matcher(read.unread()).find()
                ? broken("goes on where its Link header does not say: " + shown(header))
                : NONE;
    }

    private static NextLink follow(URI current, String target) {
        URI page = target.isEmpty() || target.length() > MAX_LINK ? null : page(current, target);
        if (page == null) {
            return broken("goes on at an address that is not the registry's own: <" + shown(target) + ">");
        }
        return page.equals(current) ? broken("has a page that names itself as the next one") : new NextLink(page, null);
    }

    /** The address, or null if it is none of this host. */
    private static URI page(URI current, String target) {
        try {
            URI uri = resolve(current, target);
            if (!current.getRawAuthority().equalsIgnoreCase(uri.getRawAuthority())) {
                return null;
            }
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return URI.create(current.getScheme() + "://" + current.getRawAuthority() + uri.getRawPath() + query);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Like RFC 3986, where a query alone keeps the path; {@link URI#resolve} would cut off its last part. */
    private static URI resolve(URI current, String link) {
        return current.resolve(link.startsWith("?") ? current.getRawPath() + link : link);
    }

    private static NextLink broken(String fault) {
        return new NextLink(null, fault);
    }

    private static String shown(String text) {
        String cut = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
        return cut.replaceAll("[^ -~…]", "?");
    }
}
