package dev.imagemirror.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.imagemirror.operator.domain.Resolution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OddListsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(OddLists.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final OddLists lists = new OddLists();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    @Test
    void areSaidOnceIfTheyBreakOff() {
        lists.note("a/b", Resolution.Unavailable.brokenList("page 2 is missing"), "");
        lists.note("a/b", Resolution.Unavailable.brokenList("page 2 is missing"), "");

        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("a/b: page 2 is missing");
    }

    @Test
    void areSaidIfTheyBreakOffBecauseTheRegistryIsBusy() {
        lists.note("a/b", new Resolution.Unavailable("page 2: 429", true, null, true), "");

        assertThat(log.list).hasSize(1);
    }

    @Test
    void areSaidAgainIfTheyWereWellInBetween() {
        lists.note("a/b", null, "1 is malformed");
        lists.note("a/b", null, "1 is malformed");
        lists.note("a/b", null, "");
        lists.note("a/b", null, "1 is malformed");

        assertThat(log.list).hasSize(2);
    }

    @Test
    void areNotSaidIfTheRegistryDoesNotAnswer() {
        lists.note("a/b", new Resolution.Unavailable("the list of tags of a/b is incomplete: 503", false, null), "");
        lists.note("a/b", new Resolution.Missing(), "");

        assertThat(log.list).isEmpty();
    }
}
