package dev.imagemirror.operator.events;

import dev.imagemirror.image.Redaction;

/** Untrusted message content, shortened to one line for logs. */
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
