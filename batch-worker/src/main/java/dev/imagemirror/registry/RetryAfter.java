package dev.imagemirror.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;

/** The {@code Retry-After} header: seconds or an HTTP date (RFC 9110, section 10.2.3). */
final class RetryAfter {
    private RetryAfter() {}

    /** What {@code response} asks for; zero for a 429 that names no time, null if nothing is asked. */
    static Duration of(HttpResponse response, Instant now) {
        Duration asked = parse(Headers.value(response, HttpHeaders.RETRY_AFTER), now);
        return asked == null && response.getCode() == 429 ? Duration.ZERO : asked;
    }

    /** The delay from {@code now}, never negative; null if there is no header or it cannot be read. */
    static Duration parse(String header, Instant now) {
        if (header == null) {
            return null;
        }
        String value = header.trim();
        if (value.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
