package dev.imagemirror.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.HostileHeaders;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a registry may ask to wait: read as far as it makes sense, and never an exception. */
class HostileRetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int LONG = 1_000_000;

    @Provide
    Arbitrary<String> waits() {
        return HostileHeaders.of(
                "0", "9", "-", "+", ".", "e", " ", "Sun, 01 Mar 2026 12:00:30 GMT", "GMT", "99999999999999999999");
    }

    @Property
    void waitsAreNeverNegative(@ForAll("waits") String header) {
        checkWait(header);
    }

    @Property
    void anyTextIsRead(@ForAll String header) {
        checkWait(header);
    }

    private static void checkWait(String header) {
        RetryAfter.parse(header, NOW).ifPresent(wait -> {
            assertThat(wait).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(wait.toMillis()).as("fits into a timer").isNotNegative();
        });
    }

    @Test
    @Timeout(60)
    void parsingTimeIsLinearInHeaderLength() {
        assertThat(RetryAfter.parse("9".repeat(LONG), NOW))
                .satisfiesAnyOf(
                        wait -> assertThat(wait).isEmpty(),
                        wait -> assertThat(wait.orElseThrow()).isPositive());
    }
}
