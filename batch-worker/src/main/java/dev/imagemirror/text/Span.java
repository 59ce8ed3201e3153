package dev.imagemirror.text;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats time spans in every message, log line and table, and parses them from settings, options and rows. */
public final class Span {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private Span() {}

    /** The two largest units of whole seconds: {@code 3d4h}, {@code 12m5s}, {@code 0s}; a negative span is 0. */
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

    /**
     * Parses a span such as {@code 100ms} or {@code 15m}: a whole number and one unit.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    public static Duration parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("no duration");
        }
        long count = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static String rest(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }
}
