package dev.imagemirror.operator.doctor;

import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.text.Cell;
import dev.imagemirror.operator.text.StateColor;
import dev.imagemirror.operator.text.StateColor.Tone;
import org.jspecify.annotations.Nullable;

/**
 * The result of a check.
 *
 * @param subject what was checked
 * @param detail what is there, or what is wrong
 * @param fix how to fix it; null if all is well
 * @param exit the exit code if no finding is worse
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

    /** One line, including the fix. */
    public String line(StateColor ink) {
        String word = isGood() ? "ok" : "FAIL";
        String text = " ".repeat(4 - word.length()) + "  " + Cell.of(subject, Cell.MOST) + ": "
                + Cell.of(detail, Cell.WIDE) + (isGood() ? "" : "; fix: " + fix);
        return ink.of(isGood() ? Tone.GOOD : Tone.BAD, word)
                + StateColor.plain(text.replaceAll("\\s*[\\r\\n]+\\s*", " "));
    }
}
