package dev.imagemirror.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.imagemirror.operator.domain.Resolution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    private static Resolution unavailable(String message) {
        return new Resolution.Unavailable(message, false, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the list of tags of a/b is incomplete: page 2",
                "the list of referrers of a/b@sha256:00 is incomplete: a page was read before",
                "the list of referrers at https://a/v2/b/referrers/sha256:00 cannot be read: no JSON"
            })
    void areSaidOnceIfTheyBreakOff(String message) {
        lists.note("a/b", unavailable(message), "");
        lists.note("a/b", unavailable(message), "");

        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("a/b: " + message);
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
        lists.note("a/b", unavailable("a answered 503"), "");
        lists.note("a/b", new Resolution.Missing(), "");

        assertThat(log.list).isEmpty();
    }
}
