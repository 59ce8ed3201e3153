package dev.imagemirror.operator.text;

import dev.imagemirror.image.Redaction;
import dev.imagemirror.image.Visible;

/** Colors states, if colors are enabled. */
public record StateColor(boolean isColoured) {
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String GREEN = "\u001b[32m";
    private static final String NONE = "\u001b[0m";

    /** Severity of a state. */
    public enum Tone {
        /** Nothing to do. */
        GOOD(GREEN),
        /** Needs user action. */
        BAD(RED),
        /** Neither. */
        OPEN(YELLOW);

        private final String sequence;

        Tone(String sequence) {
            this.sequence = sequence;
        }
    }

    /** The text in a state's color; redacts it and escapes its control characters. */
    public String of(Tone tone, String text) {
        String shown = plain(text);
        if (!isColoured) {
            return shown;
        }
        return tone.sequence + shown + NONE;
    }

    /** The text, safe to print. */
    public static String plain(String text) {
        return Visible.of(Redaction.of(text));
    }
}
