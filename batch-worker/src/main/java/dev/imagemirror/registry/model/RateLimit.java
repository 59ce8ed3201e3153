package dev.imagemirror.registry.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many more pulls a registry allows: {@code RateLimit-Remaining}, as Docker Hub ({@code 98;w=21600}, "Usage and
 * limits") and others send it, and {@code RateLimit-Reset} if present.
 *
 * @param remaining pulls left in the current window
 * @param window longest time until the window ends, if the registry sent it; Docker Hub gives only the window's length
 */
public record RateLimit(int remaining, @Nullable Duration window) {
    private static final Pattern COUNT = Pattern.compile("\\s*([0-9]{1,9})(?![0-9])");
    private static final Pattern WINDOW = Pattern.compile(";\\s*w=([0-9]{1,9})(?![0-9])");
    private static final Pattern RESET = Pattern.compile("\\s*([0-9]{1,10})\\s*");

    /** Larger numbers are epoch seconds, as GitLab sends them; smaller ones are seconds from now (IETF draft). */
    private static final long FIRST_INSTANT = 1_000_000_000;

    /**
     * Parses the headers' values.
     *
     * @param remaining {@code RateLimit-Remaining}, empty if not sent
     * @param reset {@code RateLimit-Reset}, empty if not sent
     * @return empty if they give no count
     */
    public static Optional<RateLimit> of(String remaining, String reset, Instant now) {
        Matcher count = COUNT.matcher(remaining);
        if (!count.lookingAt()) {
            return Optional.empty();
        }
        Optional<Duration> window = until(reset, now).or(() -> length(remaining));
        return Optional.of(new RateLimit(Integer.parseInt(count.group(1)), window.orElse(null)));
    }

    private static Optional<Duration> until(String reset, Instant now) {
        Matcher number = RESET.matcher(reset);
        if (!number.matches()) {
            return Optional.empty();
        }
        long seconds = Long.parseLong(number.group(1));
        if (seconds < FIRST_INSTANT) {
            return Optional.of(Duration.ofSeconds(seconds));
        }
        Duration left = Duration.between(now, Instant.ofEpochSecond(seconds));
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    private static Optional<Duration> length(String remaining) {
        Matcher window = WINDOW.matcher(remaining);
        return window.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(window.group(1)))) : Optional.empty();
    }
}
