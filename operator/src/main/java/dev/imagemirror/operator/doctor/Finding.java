package dev.imagemirror.operator.doctor;

import dev.imagemirror.operator.text.Cell;
import dev.imagemirror.operator.text.Ink;

/**
 * What a check found.
 *
 * @param subject what was checked
 * @param detail what is there, or what is wrong
 * @param fix what to do about it; null if all is well
 */
public record Finding(String subject, String detail, String fix) {
    static Finding good(String subject, String detail) {
        return new Finding(subject, detail, null);
    }

    static Finding bad(String subject, String fault, String fix) {
        return new Finding(subject, fault, fix);
    }

    boolean isGood() {
        return fix == null;
    }

    /** One line, the fix included. */
    public String line(Ink ink) {
        String word = isGood() ? "ok" : "FAIL";
        String text = " ".repeat(4 - word.length()) + "  " + Cell.of(subject, Cell.MOST) + ": "
                + Cell.of(detail, Cell.WIDE) + (isGood() ? "" : "; fix: " + fix);
        return ink.of(word, word) + Ink.plain(text.replaceAll("\\s*[\\r\\n]+\\s*", " "));
    }
}
