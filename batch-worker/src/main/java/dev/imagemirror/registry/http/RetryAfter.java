package dev.imagemirror.registry.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;

/** The {@code Retry-After} header: seconds or an HTTP date (RFC 9110, section 10.2.3). */
public final class RetryAfter {
    private RetryAfter() {}

    /** What {@code response} asks for; zero for one that asks for fewer requests without a time, null if nothing is asked. */
    public static Duration of(HttpResponse response, boolean throttled, Instant now) {
        Duration asked = parse(Headers.value(response, HttpHeaders.RETRY_AFTER), now);
        return asked == null && throttled ? Duration.ZERO : asked;
    }

    /**
     * True if an error asks for fewer requests, whatever its status: by its code, its words, or by naming a time. A 5xx
     * that names one may be about maintenance.
     */
    public static boolean isThrottle(HttpResponse response, ErrorBody body, Instant now) {
        int status = response.getCode();
        if (status == 429 || body.isThrottle()) {
            return true;
        }
        Duration asked = parse(Headers.value(response, HttpHeaders.RETRY_AFTER), now);
        return status >= 400 && status < 500 && asked != null && !asked.isZero();
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
