package dev.imagemirror.operator.text;

import dev.imagemirror.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Formats instants and counts. */
public final class Amounts {
    private Amounts() {}

    /** With its distance to now: {@code 2026-03-01T12:00:00Z (5m ago)}, {@code … (in 3s)}; {@code never} for null. */
    public static String instant(@Nullable Instant instant, Instant now) {
        if (instant == null) {
            return "never";
        }
        String distance = instant.isAfter(now)
                ? "in " + Span.of(Duration.between(now, instant))
                : Span.of(Duration.between(instant, now)) + " ago";
        return instant.truncatedTo(ChronoUnit.SECONDS) + " (" + distance + ")";
    }

    /** {@code 1 pair}, {@code 2 pairs}. */
    public static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
