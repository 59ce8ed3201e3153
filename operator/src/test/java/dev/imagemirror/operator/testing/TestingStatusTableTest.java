package dev.imagemirror.operator.testing;

import static dev.imagemirror.operator.testing.TestingValues.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.StatusTable;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stand-in does what the real one does, and fails when told to. */
class TestingStatusTableTest extends StatusTableContract {
    private final TestingMirrorTable mirrors = new TestingMirrorTable();
    private final TestingStatusTable table = new TestingStatusTable(mirrors);

    @Override
    protected StatusTable table() {
        return table;
    }

    @Override
    protected void putByHand(String source, Map<String, ?> attributes) {
        mirrors.row(source, attributes);
    }

    @Override
    protected void removeByHand(String source) {
        mirrors.removeRow(source);
    }

    @Override
    protected void ownByNewerOperator(ImageReference destination, EntryKey key) {
        table.own(destination, key);
        table.refuseOwner(destination);
    }

    @Test
    void failsTheSecondWriteBeforeItsEffect() {
        table.failures().failWrite(2, TestingFailures.When.BEFORE);
        table.write(fresh("a/b:1", "c/d:1"));

        assertThatExceptionOfType(PortException.class).isThrownBy(() -> table.write(fresh("a/b:1", "c/d:2")));

        assertThat(table.pairs()).hasSize(1);
        assertThat(table.writes()).isEqualTo(1);
    }

    @Test
    void failsTheNextWriteAfterItsEffect() {
        table.failures().failNextWrite(TestingFailures.When.AFTER);

        assertThatExceptionOfType(PortException.class).isThrownBy(() -> table.write(fresh("a/b:1", "c/d:1")));

        assertThat(table.pairs()).hasSize(1);
    }
}
