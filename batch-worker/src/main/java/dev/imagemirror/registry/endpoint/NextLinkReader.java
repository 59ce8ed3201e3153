package dev.imagemirror.registry.endpoint;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code Link: <…>; rel="next"} (OCI distribution specification, "Listing Tags"; RFC 8288). */
final class NextLinkReader {
    private static final String NEXT = "next";
    private static final Pattern MAYBE_NEXT = Pattern.compile("\\b" + NEXT + "\\b", Pattern.CASE_INSENSITIVE);
    private static final int MAX_LINK = 4096;
    private static final int MAX_SHOWN = 200;

    private NextLinkReader() {}

    /**
     * The next page. The scheme is kept: a registry behind a TLS-terminating proxy may call itself by plain HTTP.
     *
     * @param header all {@code Link} headers of the response; empty if there are none
     */
    static NextLink read(URI current, String header) {
        LinkHeader.Links read = LinkHeader.links(header);
        for (LinkHeader.Link link : read.links()) {
            if (link.relations().contains(NEXT)) {
                return follow(current, link.target());
            }
        }
        return MAYBE_NEXT.matcher(read.unread()).find()
                ? new NextLink.Broken("continues at an address that its Link header does not give: " + shown(header))
                : new NextLink.None();
    }

    private static NextLink follow(URI current, String target) {
        Optional<URI> page = target.isEmpty() || target.length() > MAX_LINK ? Optional.empty() : page(current, target);
        if (page.isEmpty()) {
            return new NextLink.Broken(
                    "continues at an address that is not the registry's own: <" + shown(target) + ">");
        }
        return page.get().equals(current)
                ? new NextLink.Broken("has a page that names itself as the next one")
                : new NextLink.Page(page.get());
    }

    /** The address; empty if it is not on the same host. */
    private static Optional<URI> page(URI current, String target) {
        try {
            URI uri = resolve(current, target);
            if (!current.getRawAuthority().equalsIgnoreCase(uri.getRawAuthority())) {
                return Optional.empty();
            }
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String place = current.getScheme() + "://" + current.getRawAuthority();
            return Optional.of(URI.create(place + uri.getRawPath() + query));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As in RFC 3986, where a query alone keeps the path; {@link URI#resolve} would drop its last segment. */
    private static URI resolve(URI current, String link) {
        return current.resolve(link.startsWith("?") ? current.getRawPath() + link : link);
    }

    private static String shown(String text) {
        String cut = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
        return cut.replaceAll("[^ -~…]", "?");
    }
}
