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
                        "table mirrors is unavailable; retrying: no answer",
                        "table mirrors has been unavailable for 1m, 961 attempts failed, 16 waiting: no answer",
                        "table mirrors has been unavailable for 2m, 1921 attempts failed, 16 waiting: no answer");
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
        assertThat(lines).hasSize(2).last().isEqualTo("table mirrors is available again after 5s; 2 attempts failed");
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
    void reportsALaterOutageAgain() {
        log.failed("a", "no answer");
        log.worked("a");
        log.failed("a", "refused");
        assertThat(lines).hasSize(3).last().isEqualTo("table mirrors is unavailable; retrying: refused");
    }
}
