package dev.imagemirror.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.Fuzz;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waits that registries ask for, damaged at random: read or refused, in bounded time. */
class RetryAfterFuzzE2E {
    private static final int INPUTS = 20_000;

    @Test
    void headers() throws InterruptedException {
        new Fuzz(65, List.of("Sun, 01 Mar 2026 12:00:30 GMT", "120")).run(INPUTS, RetryAfterFuzzE2E::readHeader);
    }

    private static void readHeader(String header) {
        assertThat(RetryAfter.parse(header, Instant.EPOCH).filter(Duration::isNegative))
                .isEmpty();
    }
}
