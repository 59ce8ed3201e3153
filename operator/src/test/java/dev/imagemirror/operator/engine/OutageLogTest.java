package dev.imagemirror.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageLogTest {
    private final StepTicker ticker = new StepTicker();
    private final List<String> lines = new ArrayList<>();
    private final OutageLog log = new OutageLog("table mirrors", lines::add, ticker);

    @Test
    void manyFailuresAreOneLineWhenItBeginsAndOneAMinute() {
        for (int second = 0; second < 130; second++) {
            for (int row = 0; row < 16; row++) {
                log.failed(row, "no answer");
            }
            ticker.step(Duration.ofSeconds(1));
        }
        assertThat(lines)
                .containsExactly(
                        "table mirrors cannot be used; that is tried again until it can: no answer",
                        "table mirrors cannot be used since 1m, 961 tries failed, 16 wait for it: no answer",
                        "table mirrors cannot be used since 2m, 1921 tries failed, 16 wait for it: no answer");
    }

    @Test
    void theEndIsOneLineThatSaysHowLongItTookAndHowMuchFailed() {
        log.failed("a", "no answer");
        ticker.step(Duration.ofSeconds(3));
        log.failed("b", "no answer");
        log.worked("a");
        assertThat(lines).hasSize(1);
        ticker.step(Duration.ofSeconds(2));
        log.worked("b");
        log.worked("b");
        assertThat(lines).hasSize(2).last().isEqualTo("table mirrors can be used again after 5s; 2 tries failed");
    }

    @Test
    void aSuccessAfterAQuietTimeIsTheEndThoughOthersStillWaitForTheirNextTry() {
        log.failed("a", "no answer");
        log.failed("b", "no answer");
        ticker.step(Duration.ofSeconds(10));
        log.worked("c");
        assertThat(lines).as("it was not hit, so that it says nothing").hasSize(1);
        log.worked("a");
        log.worked("b");
        assertThat(lines).hasSize(2);
    }

    @Test
    void anotherOutageIsSaidAnew() {
        log.failed("a", "no answer");
        log.worked("a");
        log.failed("a", "refused");
        assertThat(lines)
                .hasSize(3)
                .last()
                .isEqualTo("table mirrors cannot be used; that is tried again until it can: refused");
    }
}
