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
    void jobsThatCannotBeEndedAreOneLine() {
        for (int number = 0; number < 50; number++) {
            int i = number;
            assertThat(ender.end("job-" + i, "past its deadline"))
                    .hasValueSatisfying(fault -> assertThat(fault).startsWith("job job-" + i + " cannot be ended: "));
        }

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("job job-0 cannot be ended: ");
    }

    @Test
    void lateJobsThatCannotBeSearchedForAreOneLine() {
        LateJobs late = new LateJobs(queue, ender, clock);
        for (int i = 0; i < 50; i++) {
            late.end(List.of(TestingValues.full("a/b:" + i, "x/y:1")));
        }

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("cannot be searched for: ");
    }
}
