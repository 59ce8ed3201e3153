package dev.imagemirror.operator.doctor;

import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.text.Cell;
import dev.imagemirror.operator.text.StateColor;
import dev.imagemirror.operator.text.StateColor.Tone;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param subject what was checked
 * @param detail what is there, or what is wrong
 * @param fix what to do about it; null if all is well
 * @param exit what whoever checks exits with if nothing is worse
 */
public record Finding(
        String subject, String detail, @Nullable String fix, int exit) {
    static Finding good(String subject, String detail) {
        return new Finding(subject, detail, null, Exit.OK);
    }

    static Finding bad(String subject, String fault, String fix) {
        return new Finding(subject, fault, fix, Exit.SOME_FAILED);
    }

    /** A finding that prevents all other commands from starting. */
    static Finding wrong(String subject, String fault, String fix) {
        return new Finding(subject, fault, fix, Exit.CONFIG);
    }

    boolean isGood() {
        return fix == null;
    }

    /** One line, the fix included. */
    public String line(StateColor ink) {
        String word = isGood() ? "ok" : "FAIL";
        String text = " ".repeat(4 - word.length()) + "  " + Cell.of(subject, Cell.MOST) + ": "
                + Cell.of(detail, Cell.WIDE) + (isGood() ? "" : "; fix: " + fix);
        return ink.of(isGood() ? Tone.GOOD : Tone.BAD, word)
                + StateColor.plain(text.replaceAll("\\s*[\\r\\n]+\\s*", " "));
    }
}
