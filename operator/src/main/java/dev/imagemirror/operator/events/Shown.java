package dev.imagemirror.operator.events;

/** What strangers sent, so that a log can have it: one short line. */
final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    static String excerpt(String text) {
        if (text == null) {
            return "nothing";
        }
        String begin = text.substring(0, Math.min(LONGEST, text.length()));
        return "'" + begin.replaceAll("[\\p{C}\\s]+", " ") + (text.length() > LONGEST ? "…'" : "'");
    }
}
