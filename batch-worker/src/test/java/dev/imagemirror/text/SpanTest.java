package dev.imagemirror.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S,0s",
        "PT-5S,0s",
        "PT59.9S,59s",
        "PT60S,1m",
        "PT65S,1m5s",
        "PT59M59S,59m59s",
        "PT1H,1h",
        "PT1H1M59S,1h1m",
        "PT24H,1d",
        "PT76H,3d4h"
    })
    void spansHaveTheirTwoLargestUnits(Duration span, String text) {
        assertThat(Span.of(span)).isEqualTo(text);
    }
}
