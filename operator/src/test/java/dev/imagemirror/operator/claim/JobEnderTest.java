package dev.imagemirror.operator.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.testing.TestingCopyJobQueue;
import dev.imagemirror.operator.testing.TestingLog;
import dev.imagemirror.operator.testing.TestingValues;
import dev.imagemirror.testing.MutableClock;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A queue out of reach is no line for each job that should end. */
class JobEnderTest {
    private final MutableClock clock = new MutableClock(TestingValues.NOON);
    private final TestingCopyJobQueue queue = new TestingCopyJobQueue(clock);
    private final JobEnder ender = new JobEnder(queue);

    @AutoClose
    private final TestingLog log = TestingLog.of("dev.imagemirror.operator.claim");

    @BeforeEach
    void theQueueDoesNotAnswer() {
        queue.reachable(false);
    }

    @Test
    void logsJobsThatCannotBeTerminatedOnce() {
        for (int number = 0; number < 50; number++) {
            int i = number;
            assertThat(ender.end("job-" + i, "past its deadline"))
                    .hasValueSatisfying(fault -> assertThat(fault).startsWith("cannot terminate job job-" + i + ": "));
        }

        assertThat(log.messages()).singleElement().asString().startsWith("cannot terminate job job-0: ");
    }

    @Test
    void logsFailedSearchesForLateJobsOnce() {
        LateJobs late = new LateJobs(queue, ender, clock);
        for (int i = 0; i < 50; i++) {
            late.end(List.of(TestingValues.full("a/b:" + i, "x/y:1")));
        }

        assertThat(log.messages()).singleElement().asString().contains("cannot search for jobs ");
    }
}
