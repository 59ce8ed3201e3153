package dev.imagemirror.registry.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a {@code Link} header (RFC 8288, section 3 and appendix B.2). Used once; takes time linear in the header. */
final class LinkHeader {
    /**
     * One link.
     *
     * @param target as written between the angle brackets
     * @param relations of its first {@code rel}, lower-case
     */
    record Link(String target, List<String> relations) {}

    /**
     * The content of a header.
     *
     * @param links that are well-formed
     * @param unread the parts that violate the grammar, so they may mean anything
     */
    record Links(List<Link> links, String unread) {}

    private static final Pattern TARGET = Pattern.compile("[^\\s\"<]*");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** A registered name or a URI (section 2.1). */
    private static final Pattern RELATION = Pattern.compile("[a-z][a-z0-9.-]*(:[^\"'<>]*)?");

    private final HeaderScanner scanner;
    private final StringBuilder unread = new StringBuilder();

    private LinkHeader(String text) {
        scanner = new HeaderScanner(text);
    }

    /** The links up to the first malformed one; the rest is left unread. */
    static Links links(String header) {
        LinkHeader reader = new LinkHeader(header);
        List<Link> links = new ArrayList<>();
        for (Optional<Link> link = reader.link(); link.isPresent(); link = reader.link()) {
            links.add(link.get());
        }
        reader.leave(reader.scanner.rest());
        return new Links(links, reader.unread.toString());
    }

    private void leave(String part) {
        unread.append(part).append(' ');
    }

    /** The next link; empty if there is none, or it does not end. */
    private Optional<Link> link() {
        scanner.skip(" \t,");
        if (!scanner.take('<')) {
            return Optional.empty();
        }
        String target = scanner.until(">");
        boolean isClosed = scanner.take('>');
        if (!isClosed || !TARGET.matcher(target).matches()) { // it runs into another link
            leave(target);
        }
        return isClosed ? Optional.of(new Link(target, relations())) : Optional.empty();
    }

    /** Of several {@code rel}, only the first counts (section 3.3). */
    private List<String> relations() {
        Optional<String> rel = Optional.empty();
        scanner.skip(" \t");
        while (scanner.take(';')) {
            scanner.skip(" \t");
            String name = scanner.until("=;, \t").toLowerCase(Locale.ROOT);
            scanner.skip(" \t");
            String value = scanner.take('=') ? value() : "";
            if (!TOKEN.matcher(name).matches()) {
                leave(name + "=" + value);
            }
            if (rel.isEmpty() && name.equals("rel")) {
                rel = Optional.of(value);
            }
            scanner.skip(" \t");
        }
        return rel.map(this::relations).orElse(List.of());
    }

    private List<String> relations(String value) {
        String relations = value.toLowerCase(Locale.ROOT).trim();
        List<String> names = relations.isEmpty() ? List.of() : List.of(relations.split("\\s+"));
        for (String name : names) {
            if (!RELATION.matcher(name).matches()) {
                leave(name);
            }
        }
        return names;
    }

    private String value() {
        scanner.skip(" \t");
        if (scanner.take('"')) {
            return quoted();
        }
        String value = scanner.until(";, \t");
        if (value.indexOf('"') >= 0 || value.indexOf('<') >= 0) {
            leave(value);
        }
        return value;
    }

    /** A backslash escapes any character (RFC 9110, section 5.6.4). */
    private String quoted() {
        StringBuilder value = new StringBuilder();
        while (!scanner.isAtEnd()) {
            if (scanner.take('"')) {
                return value.toString();
            }
            boolean isEscape = scanner.take('\\');
            value.append(isEscape && scanner.isAtEnd() ? '\\' : scanner.next());
        }
        leave(value.toString()); // no closing quote
        return value.toString();
    }
}
