package dev.imagemirror.operator.catalog;

import static dev.imagemirror.operator.testing.TestingValues.full;
import static dev.imagemirror.operator.testing.TestingValues.fullEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.StatusTable;
import dev.imagemirror.operator.testing.StatusTableContract;
import dev.imagemirror.operator.testing.TestingFailures;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Does what the table does, and notifies. */
class NotifyingStatusTableTest extends StatusTableContract {
    private static final String SOURCE = "a/b:1";

    private final TestingMirrorTable mirrors = new TestingMirrorTable();
    private final TestingStatusTable statuses = new TestingStatusTable(mirrors);
    private final List<EntryKey> told = new ArrayList<>();
    private final NotifyingStatusTable table = new NotifyingStatusTable(statuses, told::add);

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
        statuses.refuseOwner(destination);
    }

    @Test
    void everyWriteIsTold() {
        PairStatus pair = full(SOURCE, "x/y:1").withClaim(null);
        table.write(fullEntry(SOURCE));
        table.write(pair);
        table.change(List.of(pair.at(1)));
        table.claim(
                mirrors.row(SOURCE, "x/y:1").row(SOURCE),
                List.of(full(SOURCE, "x/y:1").at(2)));
        table.remove(pair.at(3));
        table.remove(fullEntry(SOURCE).at(1));
        assertThat(told).hasSize(6).containsOnly(new EntryKey(SOURCE));
        assertThat(statuses.load(new EntryKey(SOURCE)).entry().version()).isZero();
    }

    @Test
    void readingIsNot() {
        statuses.write(fullEntry(SOURCE));
        table.load(new EntryKey(SOURCE));
        table.scan(entry -> {}, pair -> {}, item -> {});
        table.ownerOf(full(SOURCE, "x/y:1").destination());
        assertThat(told).isEmpty();
    }

    @Test
    void aWriteThatFailedMayHaveBeenMadeSoItIsToldToo() {
        statuses.failures().failNextWrite(TestingFailures.When.AFTER);
        assertThatThrownBy(() -> table.write(fullEntry(SOURCE))).isInstanceOf(PortException.class);
        assertThat(told).containsExactly(new EntryKey(SOURCE));
    }
}
