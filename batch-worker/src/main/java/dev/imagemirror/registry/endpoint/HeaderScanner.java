package dev.imagemirror.registry.endpoint;

/** Reads a header from left to right. Used once; takes time linear in the header. */
final class HeaderScanner {
    private final String text;
    private int at;

    HeaderScanner(String text) {
        this.text = text;
    }

    /** The unread rest. */
    String rest() {
        return text.substring(at);
    }

    /** Reads up to one of the characters, or to the end. */
    String until(String ends) {
        int begin = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    void skip(String characters) {
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** Reads the character if it is the next one. */
    boolean take(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    /** Reads the next character verbatim. */
    char next() {
        return text.charAt(at++);
    }

    boolean isAtEnd() {
        return at == text.length();
    }
}
