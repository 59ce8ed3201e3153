package dev.imagemirror.text;

import java.time.Duration;

/** How a time span is written in every message, log line and table: as a setting is, so that it can be copied into one. */
public final class Span {
    private Span() {}

    /** The two largest units of whole seconds: {@code 3d4h}, {@code 12m5s}, {@code 0s}; a negative span is none. */
    public static String of(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds >= 86_400) {
            return seconds / 86_400 + "d" + rest(seconds % 86_400 / 3_600, "h");
        }
        if (seconds >= 3_600) {
            return seconds / 3_600 + "h" + rest(seconds % 3_600 / 60, "m");
        }
        return seconds >= 60 ? seconds / 60 + "m" + rest(seconds % 60, "s") : seconds + "s";
    }

    private static String rest(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }
}
