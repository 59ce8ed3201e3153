package dev.imagemirror.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.reconcile.Ports;
import dev.imagemirror.operator.reconcile.RepositoryCreator;
import dev.imagemirror.operator.testing.TestingDigestResolver;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TableWatchTest {
    private final TestingMirrorTable mirrors = new TestingMirrorTable();
    private final TestingStatusTable statuses = new TestingStatusTable(mirrors);
    private long nanos;
    private final TableWatch watch = new TableWatch(
            new Ports(mirrors, statuses, new TestingDigestResolver(), null, RepositoryCreator.NONE), () -> nanos);

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
    void aFailureCountsOnceItLasts() {
        watch.probe();
        nanos += TimeUnit.SECONDS.toNanos(44);
        mirrors.failures().failRead(1);
        watch.probe();
        assertThat(watch.fault()).isNull();
        nanos += TimeUnit.SECONDS.toNanos(2);
        assertThat(watch.fault()).contains("the mirror table");
        watch.probe();
        assertThat(watch.fault()).isNull();
    }
}
