package dev.imagemirror.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueueStateTest {
    @Test
    void theQueueMovesAsLongAsAllWorkersRunAndNoneIsWaitedForLong() {
        assertThat(new QueueState(900, 0, Duration.ofMinutes(5), 4, 4).fault()).isNull();
        assertThat(new QueueState(0, 0, Duration.ZERO, 0, 0).fault()).isNull();
    }

    @Test
    void aWorkerThatHasEndedIsAFault() {
        assertThat(new QueueState(0, 5, Duration.ZERO, 4, 3).fault()).isEqualTo("3 of 4 workers are running");
    }

    @Test
    void anEntryThatWaitsForMinutesIsAFault() {
        assertThat(new QueueState(1, 0, Duration.ofSeconds(301), 4, 4).fault())
                .isEqualTo("an entry has waited for a worker for 5m1s");
    }
}
