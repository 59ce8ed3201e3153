package dev.imagemirror.operator.text;

import dev.imagemirror.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants, sizes and counts for people. */
public final class Amounts {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

    private Amounts() {}

    /** With its distance from now: {@code 2026-03-01T12:00:00Z (5m ago)}, {@code … (in 3s)}; {@code never} for null. */
    public static String instant(@Nullable Instant instant, Instant now) {
        if (instant == null) {
            return "never";
        }
        String distance = instant.isAfter(now)
                ? "in " + Span.of(Duration.between(now, instant))
                : Span.of(Duration.between(instant, now)) + " ago";
        return instant.truncatedTo(ChronoUnit.SECONDS) + " (" + distance + ")";
    }

    /** Of bytes. */
    public static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double size = bytes;
        int unit = -1;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }

    /** {@code 1 pair}, {@code 2 pairs}. */
    public static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
