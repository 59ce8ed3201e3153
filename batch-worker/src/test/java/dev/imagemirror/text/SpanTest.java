package dev.imagemirror.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource({"0s,PT0S", "100ms,PT0.1S", "30s,PT30S", "15m,PT15M", "4h,PT4H", "2d,PT48H", "999999999d,PT23999999976H"
    })
    void spansAreReadWithOneUnit(String text, Duration span) {
        assertThat(Span.parse(text)).isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "s", "-5s", "1.5h", "5 s", "5S", "5us", "1h5m", "5s\n", "٣s", "1000000000s", "PT5S"})
    void nothingElseIsRead(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Span.parse(text));
    }
}
