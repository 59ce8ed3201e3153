package dev.imagemirror.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.testing.TestingLog;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OddListsTest {
    @AutoClose
    private final TestingLog log = TestingLog.of(OddLists.class);

    private final OddLists lists = new OddLists();

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

        assertThat(log.messages()).containsExactly("a/b: " + message);
    }

    @Test
    void areSaidAgainIfTheyWereWellInBetween() {
        lists.note("a/b", null, "1 is malformed");
        lists.note("a/b", null, "1 is malformed");
        lists.note("a/b", null, "");
        lists.note("a/b", null, "1 is malformed");

        assertThat(log.events()).hasSize(2);
    }

    @Test
    void areNotSaidIfTheRegistryDoesNotAnswer() {
        lists.note("a/b", unavailable("a answered 503"), "");
        lists.note("a/b", new Resolution.Missing(), "");

        assertThat(log.events()).isEmpty();
    }
}
