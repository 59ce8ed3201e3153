package dev.imagemirror.operator.events;

import dev.imagemirror.image.Redaction;

/** What strangers sent, so that a log can have it: one short line. */
final class MessageExcerpt {
    private static final int LONGEST = 200;

    private MessageExcerpt() {}

    static String of(String text) {
        if (text == null) {
            return "nothing";
        }
        String shown = Redaction.of(text);
        String begin = shown.substring(0, Math.min(LONGEST, shown.length()));
        return "'" + begin.replaceAll("[\\p{C}\\s]+", " ") + (shown.length() > LONGEST ? "…'" : "'");
    }
}
