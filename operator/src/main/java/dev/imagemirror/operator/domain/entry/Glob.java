package dev.imagemirror.operator.domain.entry;

/**
 * A pattern of tags: {@code *} is any text, {@code ?} one character, all else itself. Matching goes back to the last
 * {@code *} only, so its time is at most pattern times text, whatever the pattern. Immutable.
 *
 * @param pattern as written
 */
record Glob(String pattern) {
    /** True if the whole text fits. */
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
