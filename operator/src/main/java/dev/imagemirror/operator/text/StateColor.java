package dev.imagemirror.operator.text;

import dev.imagemirror.image.Redaction;
import dev.imagemirror.image.Visible;

/** Colours of states, where colours can be seen. */
public record StateColor(boolean isColoured) {
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String GREEN = "\u001b[32m";
    private static final String NONE = "\u001b[0m";

    /** How good a state is. */
    public enum Tone {
        /** Nothing has to be done. */
        GOOD(GREEN),
        /** Somebody has to do something. */
        BAD(RED),
        /** Neither. */
        OPEN(YELLOW);

        private final String sequence;

        Tone(String sequence) {
            this.sequence = sequence;
        }
    }

    /** The text in the colour of a state; the text's own control characters are made visible, and it has no secrets. */
    public String of(Tone tone, String text) {
        String shown = plain(text);
        if (!isColoured) {
            return shown;
        }
        return tone.sequence + shown + NONE;
    }

    /** As it may be printed. */
    public static String plain(String text) {
        return Visible.of(Redaction.of(text));
    }
}
