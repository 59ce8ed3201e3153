package dev.imagemirror.registry.model;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry said about the pulls that it still allows: {@code RateLimit-Remaining}, as Docker Hub ({@code
 * 98;w=21600}, "Usage and limits") and others send it, and {@code RateLimit-Reset} where there is one.
 *
 * @param remaining pulls left in the present window
 * @param window how long that window lasts at most from now, or null if the registry did not say; Docker Hub tells its
 *     length only
 */
public record RateLimit(int remaining, Duration window) {
    private static final Pattern COUNT = Pattern.compile("\\s*([0-9]{1,9})(?![0-9])");
    private static final Pattern WINDOW = Pattern.compile(";\\s*w=([0-9]{1,9})(?![0-9])");
    private static final Pattern RESET = Pattern.compile("\\s*([0-9]{1,10})\\s*");

    /** Larger numbers are instants, as GitLab sends them, smaller ones are seconds from now (IETF's draft). */
    private static final long FIRST_INSTANT = 1_000_000_000;

    /**
     * Reads the headers' values, each null if it was not sent.
     *
     * @return null if they tell no count
     */
    public static RateLimit of(String remaining, String reset, Instant now) {
        Matcher count = COUNT.matcher(remaining == null ? "" : remaining);
        if (!count.lookingAt()) {
            return null;
        }
        Duration until = until(reset, now);
        return new RateLimit(Integer.parseInt(count.group(1)), until != null ? until : length(remaining));
    }

    private static Duration until(String reset, Instant now) {
        Matcher number = RESET.matcher(reset == null ? "" : reset);
        if (!number.matches()) {
            return null;
        }
        long seconds = Long.parseLong(number.group(1));
        if (seconds < FIRST_INSTANT) {
            return Duration.ofSeconds(seconds);
        }
        Duration left = Duration.between(now, Instant.ofEpochSecond(seconds));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration length(String remaining) {
        Matcher window = WINDOW.matcher(remaining);
        return window.find() ? Duration.ofSeconds(Long.parseLong(window.group(1))) : null;
    }
}
