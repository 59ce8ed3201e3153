package dev.imagemirror.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogLimitTest {
    private final List<String> lines = new ArrayList<>();
    private long nanos = -5;
    private final LogLimit limit = new LogLimit(() -> nanos);

    @Test
    void theFirstIsLoggedAndThenOneAMinuteWithTheNumberOfTheOthers() {
        for (int second = 0; second < 150; second++) {
            limit.happened(second == 1 ? 10 : 1, more -> lines.add("garbage" + more));
            nanos += TimeUnit.SECONDS.toNanos(1);
        }

        assertThat(lines)
                .containsExactly(
                        "garbage",
                        "garbage; 68 more since the last such line",
                        "garbage; 59 more since the last such line");
    }
}
