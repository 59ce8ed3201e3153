package dev.imagemirror.operator.text;

import dev.imagemirror.image.Redaction;
import dev.imagemirror.image.Visible;
import java.util.Set;

/** Colours of states, where colours can be seen. */
public record StateColor(boolean isColoured) {
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String GREEN = "\u001b[32m";
    private static final String NONE = "\u001b[0m";
    private static final Set<String> GOOD = Set.of("InSync", "ok");
    private static final Set<String> BAD = Set.of("Blocked", "FAIL");

    /** The text in the colour of a state's word; the text's own control characters are made visible, and it has no secrets. */
    public String of(String word, String text) {
        String shown = plain(text);
        if (!isColoured) {
            return shown;
        }
        return (GOOD.contains(word) ? GREEN : BAD.contains(word) ? RED : YELLOW) + shown + NONE;
    }

    /** As it may be printed. */
    public static String plain(String text) {
        return Visible.of(Redaction.of(text));
    }
}
