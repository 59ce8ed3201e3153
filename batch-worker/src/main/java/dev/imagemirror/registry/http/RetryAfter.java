package dev.imagemirror.registry.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;

/** The {@code Retry-After} header: seconds or an HTTP date (RFC 9110, section 10.2.3). */
public final class RetryAfter {
    private RetryAfter() {}

    /** The delay that {@code response} requests, if any. */
    public static Optional<Duration> of(HttpResponse response, Instant now) {
        return Headers.value(response, HttpHeaders.RETRY_AFTER).flatMap(header -> parse(header, now));
    }

    /**
     * True if an error is a rate limit, whatever its status: by its code, its words, or a delay. A 5xx with a delay may
     * be about maintenance.
     */
    public static boolean isThrottle(HttpResponse response, ErrorBody body, Instant now) {
        int status = response.getCode();
        if (status == 429 || body.isThrottle()) {
            return true;
        }
        boolean isClientError = status >= 400 && status < 500;
        return isClientError
                && of(response, now).filter(asked -> !asked.isZero()).isPresent();
    }

    /** The delay from {@code now}, never negative; empty if the header is malformed. */
    static Optional<Duration> parse(String header, Instant now) {
        String value = header.trim();
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
