package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Redaction;
import java.util.regex.Pattern;

/** Row values as quoted in problems: a row may hold 400 KB, a status should not. */
public final class Excerpt {
    /** Maximum length of a quoted value. */
    static final int MAX_LENGTH = 100;

    private static final Pattern LONG_QUOTE = Pattern.compile("'([^']{" + MAX_LENGTH + "})[^']+'");
    private static final int MAX_FAULT = 500;

    private Excerpt() {}

    /**
     * The start of the value, redacted before truncation (a truncated secret would go unrecognized), with control
     * characters shown as {@code ?}.
     */
    public static String of(Object value) {
        return printable(cut(Redaction.ofReference(String.valueOf(value)), MAX_LENGTH));
    }

    /** The start of the value, in quotes. */
    public static String quoted(Object value) {
        return "'" + of(value) + "'";
    }

    /** A message that quotes {@code value} or parts of it, with every quote truncated. */
    public static String ofMessage(String message, String value) {
        String shown = Redaction.ofReference(value);
        String replaced = shown.length() > MAX_LENGTH ? message.replace(shown, of(value)) : message;
        return printable(cut(LONG_QUOTE.matcher(replaced).replaceAll("'$1…'"), MAX_FAULT));
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + "…";
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
