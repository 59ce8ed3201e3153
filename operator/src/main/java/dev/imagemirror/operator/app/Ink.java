package dev.imagemirror.operator.app;

import java.util.Set;

/** Colours of states, where colours can be seen. */
record Ink(boolean isColoured) {
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String GREEN = "\u001b[32m";
    private static final String NONE = "\u001b[0m";
    private static final Set<String> GOOD = Set.of("InSync", "ok");
    private static final Set<String> BAD = Set.of("Blocked", "FAIL");

    /** The text in the colour of a state's word. */
    String of(String word, String text) {
        if (!isColoured) {
            return text;
        }
        return (GOOD.contains(word) ? GREEN : BAD.contains(word) ? RED : YELLOW) + text + NONE;
    }
}
