package dev.imagemirror.operator.text;

/** Table cells: single-line, redacted, and no wider than their column. */
public final class Cell {
    /** Width of a narrow column; most references are shorter. */
    public static final int MOST = 128;

    /** Width for texts to show in full, unless excessively long. */
    public static final int WIDE = 1_024;

    private Cell() {}

    /** The text, abbreviated in the middle if too long: a reference's registry and tag matter most. */
    public static String of(String text, int most) {
        String shown = StateColor.plain(text);
        if (shown.length() <= most) {
            return shown;
        }
        int begin = most / 2;
        int end = shown.length() - (most - 1 - begin);
        begin -= Character.isHighSurrogate(shown.charAt(begin - 1)) ? 1 : 0;
        end += Character.isLowSurrogate(shown.charAt(end)) ? 1 : 0;
        return shown.substring(0, begin) + "…" + shown.substring(end);
    }
}
