package dev.imagemirror.operator.claim;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.imagemirror.operator.testing.TestingCopyJobQueue;
import dev.imagemirror.operator.testing.TestingValues;
import dev.imagemirror.testing.MutableClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A queue out of reach is no line for each job that should end. */
class JobEnderTest {
    private final MutableClock clock = new MutableClock(TestingValues.NOON);
    private final TestingCopyJobQueue queue = new TestingCopyJobQueue(clock);
    private final JobEnder ender = new JobEnder(queue);
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.imagemirror.operator.claim");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        queue.reachable(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    @Test
    void logsJobsThatCannotBeTerminatedOnce() {
        for (int i = 0; i < 50; i++) {
            assertThat(ender.end("job-" + i, "past its deadline")).startsWith("cannot terminate job job-" + i + ": ");
        }

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("cannot terminate job job-0: ");
    }

    @Test
    void logsFailedSearchesForLateJobsOnce() {
        LateJobs late = new LateJobs(queue, ender, clock);
        for (int i = 0; i < 50; i++) {
            late.end(List.of(TestingValues.full("a/b:" + i, "x/y:1")));
        }

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("cannot search for jobs ");
    }
}
