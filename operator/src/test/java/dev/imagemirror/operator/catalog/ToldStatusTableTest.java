package dev.imagemirror.operator.catalog;

import static dev.imagemirror.operator.testing.TestingValues.full;
import static dev.imagemirror.operator.testing.TestingValues.fullEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.testing.TestingFailures;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldStatusTableTest {
    private static final String KEY = "a/b:1";

    private final TestingMirrorTable mirrors = new TestingMirrorTable();
    private final TestingStatusTable statuses = new TestingStatusTable(mirrors);
    private final List<EntryKey> told = new ArrayList<>();
    private final ToldStatusTable table = new ToldStatusTable(statuses, told::add);

    @Test
    void everyWriteIsTold() {
        PairStatus pair = full(KEY, "x/y:1").withClaim(null);
        table.write(fullEntry(KEY));
        table.write(pair);
        table.change(List.of(pair.at(1)));
        table.claim(
                mirrors.row(KEY, "x/y:1").row(KEY), List.of(full(KEY, "x/y:1").at(2)));
        table.remove(pair.at(3));
        table.remove(fullEntry(KEY).at(1));
        assertThat(told).hasSize(6).containsOnly(new EntryKey(KEY));
        assertThat(statuses.load(new EntryKey(KEY)).entry().version()).isZero();
    }

    @Test
    void readingIsNot() {
        statuses.write(fullEntry(KEY));
        table.load(new EntryKey(KEY));
        table.scan(entry -> {}, pair -> {}, item -> {});
        table.ownerOf(full(KEY, "x/y:1").destination());
        assertThat(told).isEmpty();
    }

    @Test
    void aWriteThatFailedMayHaveBeenMadeSoItIsToldToo() {
        statuses.failures().failNextWrite(TestingFailures.When.AFTER);
        assertThatThrownBy(() -> table.write(fullEntry(KEY))).isInstanceOf(PortException.class);
        assertThat(told).containsExactly(new EntryKey(KEY));
    }
}
