package dev.imagemirror.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.testing.TestingLog;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OddListsTest {
    @AutoClose
    private final TestingLog log = TestingLog.of(OddLists.class);

    private final OddLists lists = new OddLists();

    @Test
    void areReportedOnceIfTruncated() {
        lists.note("a/b", Resolution.Unavailable.brokenList("page 2 is missing"), "");
        lists.note("a/b", Resolution.Unavailable.brokenList("page 2 is missing"), "");

        assertThat(log.messages()).containsExactly("a/b: page 2 is missing");
    }

    @Test
    void areReportedIfTruncatedByABusyRegistry() {
        lists.note("a/b", new Resolution.Unavailable("page 2: 429", true, null, true), "");

        assertThat(log.events()).hasSize(1);
    }

    @Test
    void areReportedAgainAfterARecovery() {
        lists.note("a/b", null, "1 is malformed");
        lists.note("a/b", null, "1 is malformed");
        lists.note("a/b", null, "");
        lists.note("a/b", null, "1 is malformed");

        assertThat(log.events()).hasSize(2);
    }

    @Test
    void areNotReportedIfTheRegistryDoesNotAnswer() {
        lists.note("a/b", new Resolution.Unavailable("the list of tags of a/b is incomplete: 503", false, null), "");
        lists.note("a/b", new Resolution.Missing(), "");

        assertThat(log.events()).isEmpty();
    }
}
