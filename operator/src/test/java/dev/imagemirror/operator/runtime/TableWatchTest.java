package dev.imagemirror.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.testing.TestingDigestResolver;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TableWatchTest {
    private final TestingMirrorTable mirrors = new TestingMirrorTable();
    private final TestingStatusTable statuses = new TestingStatusTable(mirrors);
    private long nanos;
    private Runnable whileAsked = () -> {};
    private final TableWatch watch = new TableWatch(
            new Ports(mirrors, statuses, new TestingDigestResolver(), null, RepositoryCreator.NONE), this::now);

    @Test
    void tablesAreOutOfReachUntilBothHaveAnswered() {
        assertThat(watch.fault()).contains("not read yet");
        statuses.failures().failRead(1);
        watch.probe();
        assertThat(watch.fault()).contains("the status table");
        watch.probe();
        assertThat(watch.fault()).isNull();
    }

    @Test
    void aFailureCountsAtOnceUntilTheTablesAnswerAgain() {
        watch.probe();
        mirrors.failures().failRead(1);
        watch.probe();
        assertThat(watch.fault()).contains("the mirror table");
        watch.probe();
        assertThat(watch.fault()).isNull();
    }

    @Test
    void aQuestionWithoutAnAnswerCountsAfterFourSeconds() {
        watch.probe();
        String[] seen = new String[2];
        whileAsked = () -> {
            whileAsked = () -> {};
            nanos += TimeUnit.SECONDS.toNanos(3);
            seen[0] = watch.fault();
            nanos += TimeUnit.SECONDS.toNanos(1);
            seen[1] = watch.fault();
        };
        mirrors.beforeLoad(() -> whileAsked.run());
        watch.probe();
        assertThat(seen).containsExactly(null, "the tables have not responded for 4s");
        assertThat(watch.fault()).as("in the end they did").isNull();
    }

    private long now() {
        return nanos;
    }
}
