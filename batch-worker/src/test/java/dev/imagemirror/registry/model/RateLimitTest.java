package dev.imagemirror.registry.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "98;w=21600, -, 98, 21600",
                "0; w=60, -, 0, 60",
                "7, -, 7, -",
                "7, 30, 7, 30",
                "0;w=21600, 30, 0, 30",
                "7, 1700000045, 7, 45",
                "7, 1600000000, 7, 0",
                "7, soon, 7, -",
                "7;w=, -, 7, -",
                "7;w=99999999999, -, 7, -"
            })
    void readsCountAndEndOfTheWindow(String remaining, String reset, int count, Long seconds) {
        assertThat(RateLimit.of(remaining, reset == null ? "" : reset, NOW))
                .hasValue(new RateLimit(count, seconds == null ? null : Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "-1", "99999999999"})
    void isNoneIfTheCountIsNoNumber(String remaining) {
        assertThat(RateLimit.of(remaining, "30", NOW)).isEmpty();
    }

    @Test
    void anAnswerWithoutALimitKeepsThePreviousOne() {
        Repository repository = new Repository("r.example", "app");
        assertThat(repository.rateLimit()).isEmpty();

        repository.noteRateLimit(new RateLimit(3, null));
        RateLimit.of("", "", NOW).ifPresent(repository::noteRateLimit);

        assertThat(repository.rateLimit()).hasValue(new RateLimit(3, null));
    }
}
