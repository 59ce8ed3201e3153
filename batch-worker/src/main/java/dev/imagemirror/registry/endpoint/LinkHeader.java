package dev.imagemirror.registry.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a {@code Link} header (RFC 8288, section 3 and appendix B.2). Used once; takes time linear in the header. */
final class LinkHeader {
    /**
     * One link.
     *
     * @param target as written between the angle brackets
     * @param relations of its first {@code rel}, lower-case
     */
    record Link(String target, List<String> relations) {}

    private final String text;
    private int at;

    private LinkHeader(String text) {
        this.text = text;
    }

    /** The links that can be read; what follows one that cannot is passed over. */
    static List<Link> links(String header) {
        LinkHeader reader = new LinkHeader(header);
        List<Link> links = new ArrayList<>();
        Link link = reader.link();
        while (link != null) {
            links.add(link);
            link = reader.link();
        }
        return links;
    }

    /** The next link, or null if there is none that can be read. */
    private Link link() {
        skip(" \t,");
        if (!take('<')) {
            return null;
        }
        int end = text.indexOf('>', at);
        if (end < 0) {
            return null;
        }
        String target = text.substring(at, end);
        at = end + 1;
        return new Link(target, relations());
    }

    private List<String> relations() {
        String relations = null;
        skip(" \t");
        while (take(';')) {
            skip(" \t");
            String name = until("=;, \t").toLowerCase(Locale.ROOT);
            skip(" \t");
            String value = take('=') ? value() : "";
            if (relations == null && name.equals("rel")) { // only the first one counts (section 3.3)
                relations = value;
            }
            skip(" \t");
        }
        return relations == null || relations.isBlank()
                ? List.of()
                : List.of(relations.toLowerCase(Locale.ROOT).trim().split("\\s+"));
    }

    private String value() {
        skip(" \t");
        return take('"') ? quoted() : until(";, \t");
    }

    /** A backslash stands before any character that is meant as it is (RFC 9110, section 5.6.4). */
    private String quoted() {
        StringBuilder value = new StringBuilder();
        while (at < text.length() && !take('"')) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        return value.toString();
    }

    private String until(String ends) {
        int begin = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    private void skip(String characters) {
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }
}
