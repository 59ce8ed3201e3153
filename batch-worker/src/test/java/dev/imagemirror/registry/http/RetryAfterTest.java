package dev.imagemirror.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:07Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "120, 120", "' 30 ', 30", "007, 7", "999999999, 999999999"})
    void isANumberOfSeconds(String header, long seconds) {
        assertThat(RetryAfter.parse(header, NOW)).hasValue(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "'Sun, 06 Nov 1994 08:49:37 GMT', 30",
        "'Sun, 6 Nov 1994 08:49:37 GMT', 30",
        "' Sun, 06 Nov 1994 08:50:07 GMT ', 60",
        "'Mon, 07 Nov 1994 08:49:07 GMT', 86400",
    })
    void isADate(String header, long seconds) {
        assertThat(RetryAfter.parse(header, NOW)).hasValue(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:07 GMT", "Sun, 06 Nov 1994 08:49:06 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"
            })
    void isNothingToWaitForOnceItsDateIsPast(String header) {
        assertThat(RetryAfter.parse(header, NOW)).hasValue(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "1.5",
                "1e3",
                "30s",
                "soon",
                "9999999999999999999999",
                "1994-11-06T08:49:37Z",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 25:49:37 GMT",
                "\u0661\u0662"
            })
    void isIgnoredIfUnreadable(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }

    @Test
    void mayBeMissing() {
        assertThat(RetryAfter.of(new BasicClassicHttpResponse(503), NOW)).isEmpty();
    }
}
