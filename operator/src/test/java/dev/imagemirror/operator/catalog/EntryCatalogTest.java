package dev.imagemirror.operator.catalog;

import static dev.imagemirror.operator.testing.TestingValues.full;
import static dev.imagemirror.operator.testing.TestingValues.fullEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EntryCatalogTest {
    private static final EntryKey KEY = new EntryKey("a/b:1");

    private final TestingMirrorTable mirrors = new TestingMirrorTable();
    private final TestingStatusTable statuses = new TestingStatusTable(mirrors);
    private final List<EntryKey> heard = new ArrayList<>();
    private long nanos = TimeUnit.MINUTES.toNanos(1);
    private final EntryCatalog catalog = new EntryCatalog(mirrors, statuses, () -> nanos);

    @BeforeEach
    void listen() {
        catalog.onChange(heard::add);
    }

    @Test
    void listsRowsAndStatusesOfBothTablesAtFirst() {
        mirrors.row("a/b:1", "x/y:1");
        statuses.write(full("gone/row:1", "x/z:1"));

        assertThat(catalog.isListed()).isFalse();
        catalog.refresh();

        assertThat(catalog.isListed()).isTrue();
        assertThat(catalog.entries())
                .extracting(entry -> entry.key().text())
                .containsExactlyInAnyOrder("a/b:1", "gone/row:1");
        assertThat(catalog.entry(new EntryKey("gone/row:1")).pairs()).hasSize(1);
        assertThat(heard).hasSize(2);
    }

    @Test
    void showsUnreadableItemsUntilTheyAreRemoved() {
        mirrors.row("a/b:1", "x/y:1");
        statuses.write(full("a/b:1", "x/y:1"));
        UnreadableItem item = new UnreadableItem(KEY, "x/y:a/b", "odd", true);
        statuses.spoil(item);
        catalog.refresh();
        assertThat(catalog.entry(KEY).unreadable()).as("listed").containsExactly(item);
        assertThat(catalog.entry(KEY).blocker()).isEqualTo("odd; the next reconcile removes it");
        catalog.wrote(KEY, mirrors.load(KEY).orElseThrow());
        assertThat(catalog.entry(KEY).unreadable()).as("another's write").containsExactly(item);
        catalog.refresh();
        assertThat(catalog.entry(KEY).unreadable()).as("read").containsExactly(item);

        statuses.discard(item);
        catalog.changed(KEY);
        catalog.refresh();

        assertThat(catalog.entry(KEY).unreadable()).isEmpty();
        assertThat(catalog.entry(KEY).blocker()).isEmpty();
    }

    @Test
    void readsOnlyWhatHasChangedAfterwards() {
        mirrors.row("a/b:1", "x/y:1").row("c/d:1", "x/z:1");
        catalog.refresh();
        heard.clear();

        statuses.write(fullEntry("a/b:1"));
        statuses.write(full("a/b:1", "x/y:1"));
        catalog.changed(KEY);
        catalog.changed(KEY);
        catalog.refresh();

        EntryView entry = catalog.entry(KEY);
        assertThat(entry.status().summary().row().revision()).isEqualTo("r1");
        assertThat(entry.pairs()).hasSize(1);
        assertThat(heard).containsExactly(KEY);
        assertThat(mirrors.scans()).isEqualTo(1);
        assertThat(mirrors.reads()).containsExactly(KEY);
    }

    @Test
    void doesNotReportUnchangedEntries() {
        mirrors.row("a/b:1", "x/y:1");
        catalog.refresh();
        heard.clear();

        catalog.changed(KEY);
        catalog.lost();
        catalog.refresh();

        assertThat(heard).isEmpty();
    }

    @Test
    void forgetsAnEntryThatNeitherTableHas() {
        mirrors.row("a/b:1", "x/y:1").row("c/d:1", "x/z:1");
        catalog.refresh();
        heard.clear();

        mirrors.removeRow("a/b:1");
        mirrors.removeRow("c/d:1");
        catalog.changed(KEY);
        catalog.refresh();
        assertThat(catalog.entries()).hasSize(1);
        catalog.lost();
        catalog.refresh();

        assertThat(catalog.entries()).isEmpty();
        assertThat(heard).containsExactly(KEY, new EntryKey("c/d:1"));
    }

    @Test
    void retriesFailedReads() {
        mirrors.failures().failRead(1);
        assertThatThrownBy(catalog::refresh).isInstanceOf(PortException.class);
        assertThat(catalog.isListed()).isFalse();
        mirrors.row("a/b:1", "x/y:1");
        catalog.refresh();
        assertThat(catalog.entries()).hasSize(1);

        mirrors.row("a/b:1", "x/y:2");
        catalog.changed(KEY);
        mirrors.failures().failRead(1);
        assertThatThrownBy(catalog::refresh).isInstanceOf(PortException.class);
        catalog.refresh();

        assertThat(catalog.entry(KEY).row().attributes()).containsEntry("Destination", "x/y:2");
    }

    @Test
    void rereadsEntriesThatAScanMayHaveMissed() {
        mirrors.row("a/b:1", "x/y:1").row("c/d:1", "x/z:1");
        catalog.refresh();
        catalog.changed(new EntryKey("c/d:1"));
        catalog.refresh();
        nanos += TimeUnit.SECONDS.toNanos(20);
        catalog.changed(KEY);
        catalog.refresh();
        int reads = mirrors.reads().size();

        nanos += TimeUnit.SECONDS.toNanos(5);
        catalog.lost();
        catalog.refresh();

        assertThat(mirrors.reads().subList(reads, mirrors.reads().size())).containsExactly(KEY);
    }

    @Test
    void showsLocalWritesImmediatelyAndRereadsThem() {
        statuses.write(fullEntry("a/b:1"));
        catalog.refresh();
        MirrorRow row = new MirrorRow(KEY, Map.of(MirrorRow.DESTINATION, "x/y:1"));

        catalog.wrote(KEY, row);
        assertThat(catalog.entry(KEY).row()).isEqualTo(row);
        assertThat(catalog.entry(KEY).status().summary().row().revision()).isEqualTo("r1");
        catalog.wrote(KEY, null);
        assertThat(catalog.entry(KEY).row()).isNull();

        mirrors.row("a/b:1", "x/y:2");
        catalog.refresh();
        assertThat(catalog.entry(KEY).row().attributes()).containsEntry("Destination", "x/y:2");
    }

    @Test
    void reportsWhenTheTablesBecomeUnreachableAndRecover() {
        List<String> reach = new ArrayList<>();
        catalog.onReach(() -> reach.add(String.valueOf(catalog.failure())));
        catalog.refresh();

        catalog.lost();
        mirrors.failures().failRead(1);
        mirrors.failures().failRead(2);
        assertThatThrownBy(catalog::refresh).isInstanceOf(PortException.class);
        assertThatThrownBy(catalog::refresh).isInstanceOf(PortException.class);
        catalog.refresh();

        assertThat(reach).containsExactly("the mirror table does not answer", "null");
    }

    @Test
    void reusesAnotherListing() {
        TableReading listing = catalog.listing();
        listing.row(mirrors.row("a/b:1", "x/y:1").load(KEY).orElseThrow());
        listing.summary(fullEntry("a/b:1"));
        listing.pair(full("a/b:1", "x/y:1"));
        assertThat(catalog.isListed()).isFalse();
        listing.end();
        catalog.refresh();

        assertThat(catalog.isListed()).isTrue();
        assertThat(catalog.entry(KEY).pairs()).hasSize(1);
        assertThat(catalog.entry(KEY).status().summary().row().revision()).isEqualTo("r1");
        assertThat(heard).containsExactly(KEY);
        assertThat(mirrors.scans()).isZero();
    }

    @Test
    void changesLostDuringAListingTriggerAnotherListing() {
        TableReading listing = catalog.listing();
        catalog.lost();
        listing.end();
        mirrors.row("a/b:1", "x/y:1");

        catalog.refresh();

        assertThat(catalog.entry(KEY)).isNotNull();
    }

    @Test
    void outdatedListingIsDiscarded() {
        mirrors.row("a/b:1", "x/y:1");
        TableReading slow = catalog.listing();
        nanos++;
        catalog.refresh();

        slow.end();

        assertThat(catalog.entry(KEY)).isNotNull();
    }

    @Test
    void entriesReadDuringAListingAreRereadAfterwards() {
        MirrorRow old = mirrors.row("a/b:1", "x/y:1").load(KEY).orElseThrow();
        catalog.refresh();
        nanos += TimeUnit.MINUTES.toNanos(1);
        TableReading listing = catalog.listing();
        listing.row(old);
        mirrors.row("a/b:1", "x/y:2");
        catalog.changed(KEY);
        catalog.refresh();

        listing.end();
        catalog.refresh();

        assertThat(catalog.entry(KEY).row().attributes()).containsEntry("Destination", "x/y:2");
    }
}
