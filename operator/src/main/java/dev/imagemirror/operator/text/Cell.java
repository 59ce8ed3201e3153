package dev.imagemirror.operator.text;

/** Texts as a table's cells have them: on one line, without secrets, and no wider than a column may be. */
public final class Cell {
    /** Columns of a narrow table; most references are shorter. */
    public static final int MOST = 128;

    /** Columns of what is to be read whole, unless it is out of all proportion. */
    public static final int WIDE = 1_024;

    private Cell() {}

    /** The text with as much of its middle left out as has to be: a reference's registry and its tag tell the most. */
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
