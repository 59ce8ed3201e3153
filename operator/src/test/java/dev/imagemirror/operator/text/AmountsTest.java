package dev.imagemirror.operator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AmountsTest {
    @Test
    void instantsShowTheirDistanceFromNow() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        assertThat(Amounts.instant(null, now)).isEqualTo("never");
        assertThat(Amounts.instant(now.minusSeconds(65), now)).isEqualTo("2026-03-01T11:58:55Z (1m5s ago)");
        assertThat(Amounts.instant(now.plusSeconds(3), now)).isEqualTo("2026-03-01T12:00:03Z (in 3s)");
    }
}
