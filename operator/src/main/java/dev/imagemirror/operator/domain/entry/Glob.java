package dev.imagemirror.operator.domain.entry;

/**
 * A tag pattern: {@code *} matches any text, {@code ?} one character, anything else itself. Matching backtracks to the
 * last {@code *} only, so it takes at most pattern times text steps, whatever the pattern. Immutable.
 *
 * @param pattern as written
 */
record Glob(String pattern) {
    /** True if the whole text matches. */
    boolean matches(String text) {
        int inPattern = 0;
        int inText = 0;
        int star = -1;
        int starText = 0;
        while (inText < text.length()) {
            if (isStar(inPattern)) {
                star = inPattern++;
                starText = inText;
            } else if (fits(inPattern, text.charAt(inText))) {
                inPattern++;
                inText++;
            } else if (star >= 0) {
                inPattern = star + 1;
                inText = ++starText;
            } else {
                return false;
            }
        }
        while (isStar(inPattern)) {
            inPattern++;
        }
        return inPattern == pattern.length();
    }

    private boolean isStar(int at) {
        return at < pattern.length() && pattern.charAt(at) == '*';
    }

    private boolean fits(int at, char c) {
        return at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == c);
    }
}
