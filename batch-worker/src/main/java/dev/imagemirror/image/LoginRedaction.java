package dev.imagemirror.image;

import java.util.regex.Pattern;

/**
 * Takes {@code user:password@} out of words that may be references or URLs without a scheme, where a digest or a port
 * looks much the same. Pure.
 */
final class LoginRedaction {
    /** What ends a word in running text, in JSON and in a list; passwords may have what else does. */
    private static final String WORD_ENDS = " \t\r\n\"'\\,<>";

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}(/.*)?");
    private static final Pattern DIGEST = Pattern.compile("sha(?:256|384|512):|[a-z0-9+._-]{1,32}:[0-9a-fA-F]{8,}");
    /** A host that cannot be taken for a tag or the rest of a mail address, and a path. */
    private static final Pattern HOST_AND_PATH = Pattern.compile("(localhost|[^/]*[.:][^/]*)/.*");

    /** Of SHA-512, with its name. */
    private static final int LONGEST_DIGEST = 200;

    /** A reference has one; more are no reference, and each costs a look. */
    private static final int MAX_DIGESTS = 4;

    private LoginRedaction() {}

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
        int path = rest.lastIndexOf('/', Math.max(0, rest.indexOf(':'))) + 1;
        return word.substring(0, start) + rest.substring(0, path) + Redaction.HIDDEN + rest.substring(end);
    }

    /** Where the {@code @} behind a login is, or -1 if there is none: a digest's or a stray one. */
    private static int endOfLogin(String text) {
        int at = text.lastIndexOf('@');
        for (int digests = 0; at > 0 && digests < MAX_DIGESTS && isDigest(text, at + 1); digests++) {
            at = text.lastIndexOf('@', at - 1);
        }
        if (at <= 0) {
            return -1;
        }
        String login = text.substring(0, at);
        if (login.endsWith(Redaction.HIDDEN) || login.startsWith("[")) {
            return -1;
        }
        int colon = login.indexOf(':');
        int slash = login.indexOf('/');
        if (colon < 0) {
            return slash < 0 && HOST_AND_PATH.matcher(text.substring(at + 1)).matches() ? at : -1;
        }
        boolean isPath = slash >= 0 && slash < colon && text.indexOf('/', at) < 0;
        boolean isPort = PORT.matcher(login.substring(colon + 1)).matches() && slash > 0;
        return isPath || isPort ? -1 : at;
    }

    private static boolean isDigest(String text, int start) {
        return DIGEST.matcher(text)
                .region(start, Math.min(text.length(), start + LONGEST_DIGEST))
                .lookingAt();
    }
}
