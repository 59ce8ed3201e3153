package dev.imagemirror.operator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1.0 KiB", "1536,1.5 KiB", "1048576,1.0 MiB", "9007199254740992,8192.0 TiB"
    })
    void sizesAreOfBinaryUnits(long bytes, String text) {
        assertThat(Amounts.size(bytes)).isEqualTo(text);
    }

    @Test
    void instantsHaveTheirDistanceFromNow() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        assertThat(Amounts.instant(null, now)).isEqualTo("never");
        assertThat(Amounts.instant(now.minusSeconds(65), now)).isEqualTo("2026-03-01T11:58:55Z (1m5s ago)");
        assertThat(Amounts.instant(now.plusSeconds(3), now)).isEqualTo("2026-03-01T12:00:03Z (in 3s)");
    }
}
