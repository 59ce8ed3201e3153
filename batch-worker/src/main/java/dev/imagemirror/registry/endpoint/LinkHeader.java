package dev.imagemirror.registry.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
     * What a header says.
     *
     * @param links that can be read
     * @param unread the parts that break the grammar, and so may mean anything
     */
    record Links(List<Link> links, String unread) {}

    private static final Pattern TARGET = Pattern.compile("[^\\s\"<]*");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** A registered name or a URI (section 2.1). */
    private static final Pattern RELATION = Pattern.compile("[a-z][a-z0-9.-]*(:[^\"'<>]*)?");

    private final String text;
    private final StringBuilder unread = new StringBuilder();
    private int at;

    private LinkHeader(String text) {
        this.text = text;
    }

    /** The links up to the first that cannot be read; the rest is left unread. */
    static Links links(String header) {
        LinkHeader reader = new LinkHeader(header);
        List<Link> links = new ArrayList<>();
        Link link = reader.link();
        while (link != null) {
            links.add(link);
            link = reader.link();
        }
        reader.leave(header.substring(reader.at));
        return new Links(links, reader.unread.toString());
    }

    private void leave(String part) {
        unread.append(part).append(' ');
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
        if (!TARGET.matcher(target).matches()) { // it runs into another link
            leave(target);
        }
        return new Link(target, relations());
    }

    private List<String> relations() {
        List<String> relations = null;
        skip(" \t");
        while (take(';')) {
            skip(" \t");
            String name = until("=;, \t").toLowerCase(Locale.ROOT);
            skip(" \t");
            String value = take('=') ? value() : "";
            if (!TOKEN.matcher(name).matches()) {
                leave(name + "=" + value);
            }
            if (relations == null && name.equals("rel")) { // only the first one counts (section 3.3)
                relations = relations(value);
            }
            skip(" \t");
        }
        return relations == null ? List.of() : relations;
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
        skip(" \t");
        if (take('"')) {
            return quoted();
        }
        String value = until(";, \t");
        if (value.indexOf('"') >= 0 || value.indexOf('<') >= 0) {
            leave(value);
        }
        return value;
    }

    /** A backslash stands before any character that is meant as it is (RFC 9110, section 5.6.4). */
    private String quoted() {
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            if (take('"')) {
                return value.toString();
            }
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        leave(value.toString()); // no quote ends it
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
