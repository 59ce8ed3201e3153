package dev.imagemirror.image;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Redacts {@code user:password@} in words that may be references or URLs without a scheme, where digests and ports look
 * much the same. Pure.
 */
final class LoginRedaction {
    /** What ends a word in running text, in JSON and in a list; passwords may contain anything else. */
    private static final String WORD_ENDS = " \t\r\n\"'\\,<>";

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}(/.*)?");
    /** A host with a port, or an IPv6 address. */
    private static final Pattern HOST =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]{2,60}](?::[0-9]{1,5})?|[\\w.-]{1,255}:[0-9]{1,5})/");

    /** A full host name; versions and tags end in a number or have no dot. */
    private static final Pattern NAME =
            Pattern.compile("(?:[\\w-]{1,63}\\.){1,10}[A-Za-z][\\w-]{0,62}(?::[0-9]{1,5})?");

    private static final Pattern DIGEST = Pattern.compile("sha(?:256|384|512):|[a-z0-9+._-]{1,32}:[0-9a-fA-F]{8,}");
    /** A SHA-512 digest with its algorithm. */
    private static final int LONGEST_DIGEST = 200;

    private LoginRedaction() {}

    /**
     * For a text that is nothing but a reference or a list of them: blanks, commas and quotes do not end a password
     * there. Redacts the logins that only such a text can have; {@link #of} redacts the others.
     */
    static String ofWhole(String text) {
        int at = endOfLogin(text);
        for (int i = 0; i < at; i++) {
            if (endsWord(text.charAt(i))) {
                return word(text);
            }
        }
        return text;
    }

    static boolean endsWord(char character) {
        return WORD_ENDS.indexOf(character) >= 0;
    }

    static String of(String text) {
        if (text.indexOf('@') < 0) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || endsWord(text.charAt(i))) {
                shown.append(word(text.substring(start, i)));
                if (i < text.length()) {
                    shown.append(text.charAt(i));
                }
                start = i + 1;
            }
        }
        return shown.toString();
    }

    private static String word(String word) {
        int scheme = word.indexOf("://");
        int start = scheme < 0 || scheme != word.indexOf(':') ? 0 : scheme + 3;
        String rest = word.substring(start);
        int end = endOfLogin(rest);
        if (end < 0) {
            return word;
        }
        return word.substring(0, start)
                + rest.substring(0, startOfLogin(rest, end))
                + Redaction.HIDDEN
                + rest.substring(end);
    }

    private static int startOfLogin(String text, int at) {
        // without a host name, the part before the colon may be a user, and the number the start of the password
        int behindHost = isHost(text) ? behindHost(text, at) : 0;
        int inPath = text.charAt(0) == '[' ? 0 : text.lastIndexOf('/', Math.max(0, text.indexOf(':'))) + 1;
        return Math.max(Math.max(inPath, behindHost), afterPort(text, at));
    }

    /** The position of the {@code @} after a login; -1 if there is none, only a digest's or a stray one. */
    private static int endOfLogin(String text) {
        int at = text.lastIndexOf('@');
        while (at > 0 && isDigest(text, at + 1)) {
            at = text.lastIndexOf('@', at - 1);
        }
        if (at <= 0) {
            return -1;
        }
        String login = text.substring(0, at);
        if (login.endsWith(Redaction.HIDDEN)) {
            return -1;
        }
        if (behindHost(text, at) > 0) {
            return at;
        }
        if (login.startsWith("[")) {
            return -1;
        }
        int colon = login.indexOf(':');
        int slash = login.indexOf('/');
        if (colon < 0) {
            return slash < 0 && isHostAndPath(text, at + 1) ? at : -1;
        }
        boolean isPath = slash >= 0 && slash < colon && !isBeforeHost(text, at);
        boolean isPort = PORT.matcher(login.substring(colon + 1)).matches() && slash > 0 && afterPort(text, at) == 0;
        return isPath || isPort ? -1 : at;
    }

    /** Whether a host follows, as shown by a path, or by a host name that ends the text. */
    private static boolean isBeforeHost(String text, int at) {
        return text.indexOf('/', at) >= 0
                || NAME.matcher(text).region(at + 1, text.length()).matches();
    }

    /** Where a login starts after a host with a port, such as in {@code host:5000/bob:pass@other/x}; 0 if none. */
    private static int behindHost(String text, int at) {
        Matcher host = HOST.matcher(text).region(0, at);
        if (!host.lookingAt() || !isBeforeHost(text, at)) {
            return 0;
        }
        int colon = text.indexOf(':', host.end());
        return colon < 0 || colon > at ? 0 : text.lastIndexOf('/', colon) + 1;
    }

    /** Whether what starts with a name and a port is not a user. */
    private static boolean isHost(String text) {
        return text.startsWith("[") || isHostAndPath(text.replaceFirst(":[0-9]{1,5}/", "/"), 0);
    }

    /**
     * Where a login starts after a reference with a port, such as in {@code host:5000/a, bob:pass word@host/b}; 0 if
     * none.
     */
    private static int afterPort(String text, int at) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':', at);
        if (first < 0 || last == first || !isBeforeHost(text, at)) {
            return 0;
        }
        for (int i = last; i > first; i--) {
            if (endsWord(text.charAt(i))) {
                boolean isPort = PORT.matcher(text).region(first + 1, i).matches();
                return isPort && text.indexOf('/', first) < i ? i + 1 : 0;
            }
        }
        return 0;
    }

    /** A path and a host that cannot be mistaken for a tag or the rest of a mail address. */
    private static boolean isHostAndPath(String text, int start) {
        int slash = text.indexOf('/', start);
        if (slash < 0) {
            return false;
        }
        String host = text.substring(start, slash);
        return host.equals("localhost") || host.indexOf('.') >= 0 || host.indexOf(':') >= 0;
    }

    private static boolean isDigest(String text, int start) {
        return DIGEST.matcher(text)
                .region(start, Math.min(text.length(), start + LONGEST_DIGEST))
                .lookingAt();
    }
}
