package dev.imagemirror.operator.catalog;

import static dev.imagemirror.operator.testing.TestingValues.full;
import static dev.imagemirror.operator.testing.TestingValues.fullEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.StatusTable;
import dev.imagemirror.operator.testing.InMemoryStatusTableContract;
import dev.imagemirror.operator.testing.TestingFailures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Does what the table does, and notifies. */
class NotifyingStatusTableTest extends InMemoryStatusTableContract {
    private static final String SOURCE = "a/b:1";

    private final List<EntryKey> told = new ArrayList<>();
    private final NotifyingStatusTable table = new NotifyingStatusTable(statuses, told::add);

    @Override
    protected StatusTable table() {
        return table;
    }

    @Test
    void notifiesOfEveryWrite() {
        PairStatus pair = full(SOURCE, "x/y:1").withClaim(null);
        table.write(fullEntry(SOURCE));
        table.write(pair);
        table.change(List.of(pair.at(1)));
        table.claim(
                mirrors.row(SOURCE, "x/y:1").row(SOURCE),
                List.of(full(SOURCE, "x/y:1").at(2)));
        table.remove(pair.at(3));
        table.remove(fullEntry(SOURCE).at(1));
        table.discard(new UnreadableItem(new EntryKey(SOURCE), "x/y:1", "odd", true));
        assertThat(told).hasSize(7).containsOnly(new EntryKey(SOURCE));
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
    void notifiesOfFailedWritesThatMayHaveHappened() {
        statuses.failures().failNextWrite(TestingFailures.When.AFTER);
        assertThatThrownBy(() -> table.write(fullEntry(SOURCE))).isInstanceOf(PortException.class);
        assertThat(told).containsExactly(new EntryKey(SOURCE));
    }
}
