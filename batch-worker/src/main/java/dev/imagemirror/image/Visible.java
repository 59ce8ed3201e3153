package dev.imagemirror.image;

import java.util.function.IntPredicate;

/**
 * Makes foreign text safe for terminals, logs and browsers: control characters, bidirectional controls and every hidden
 * character are escaped as {@code \}{@code u} and four hexadecimal digits per UTF-16 unit, as in JSON; line feed,
 * carriage return and tab as {@code \n}, {@code \r} and {@code \t}. Backslashes stay as they are, so escaping twice is
 * harmless.
 *
 * <p>Hidden are the general categories of control, format, surrogate and unassigned code points, line and paragraph
 * separators, and those that Unicode calls default-ignorable ("DerivedCoreProperties.txt"): soft hyphens, joiners,
 * fillers, variation selectors, tags. Pure.
 */
public final class Visible {
    private Visible() {}

    /** The text on one line. */
    public static String of(String text) {
        return escaped(text, codePoint -> true);
    }

    /** The text, keeping its line feeds and tabs, which are the program's own. */
    public static String lines(String text) {
        return escaped(text, codePoint -> codePoint != '\n' && codePoint != '\t');
    }

    /** Generated JSON, with its meaning unchanged: only strings can contain hidden characters. */
    public static String json(String json) {
        return escaped(json, codePoint -> codePoint >= ' ');
    }

    /** Whether a code point must be escaped. */
    public static boolean isHidden(int codePoint) {
        if (codePoint < 0x7f) {
            return codePoint < ' ';
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> isIgnorable(codePoint);
        };
    }

    /** Default-ignorable code points that are letters or marks. */
    private static boolean isIgnorable(int codePoint) {
        return codePoint == 0x034f // combining grapheme joiner
                || (codePoint >= 0x115f && codePoint <= 0x1160) // Hangul fillers
                || codePoint == 0x3164
                || codePoint == 0xffa0
                || (codePoint >= 0x17b4 && codePoint <= 0x17b5) // Khmer inherent vowels
                || (codePoint >= 0x180b && codePoint <= 0x180f) // Mongolian variation selectors
                || (codePoint >= 0xfe00 && codePoint <= 0xfe0f) // variation selectors
                || (codePoint >= 0xe0000 && codePoint <= 0xe0fff); // tags and further variation selectors
    }

    private static String escaped(String text, IntPredicate isForeign) {
        IntPredicate isEscaped = codePoint -> isHidden(codePoint) && isForeign.test(codePoint);
        if (text.codePoints().noneMatch(isEscaped)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(codePoint -> {
            if (isEscaped.test(codePoint)) {
                append(shown, codePoint);
            } else {
                shown.appendCodePoint(codePoint);
            }
        });
        return shown.toString();
    }

    private static void append(StringBuilder shown, int codePoint) {
        switch (codePoint) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                for (char unit : Character.toChars(codePoint)) {
                    shown.append(String.format("\\u%04x", (int) unit));
                }
            }
        }
    }
}
