package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.catalog.TableReading;
import dev.imagemirror.operator.claim.LiveClaims;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.Ports;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists both tables, and enqueues every new, changed or deleted row, and every status without a row. Thread-safe. */
final class TableLister {
    private static final Logger LOG = LoggerFactory.getLogger(TableLister.class);

    private final Ports ports;
    private final EntryIndex index;
    private final LiveClaims live;
    private final ReconcileHints hints;
    private final Consumer<EntryKey> enqueue;
    /** The last number of rows: logged only when it changes. */
    private volatile int listed = -1;

    TableLister(Ports ports, EntryIndex index, LiveClaims live, ReconcileHints hints, Consumer<EntryKey> enqueue) {
        this.ports = ports;
        this.index = index;
        this.live = live;
        this.hints = hints;
        this.enqueue = enqueue;
    }

    /**
     * Lists once.
     *
     * @param others receives what is read
     * @throws PortException if a table could not be read
     */
    void list(TableReading others) {
        int rows = listRows(others);
        listStatuses(others);
        others.end();
        if (rows != listed) {
            listed = rows;
            LOG.info("listed {} entries", rows);
        }
    }

    private int listRows(TableReading others) {
        Set<EntryKey> rows = ConcurrentHashMap.newKeySet();
        ports.mirrors().scan(row -> {
            rows.add(row.key());
            note(row);
            others.row(row);
        });
        for (EntryKey key : index.keys()) {
            if (!rows.contains(key)) {
                index.remove(key);
                enqueue.accept(key);
            }
        }
        return rows.size();
    }

    private void listStatuses(TableReading others) {
        Set<EntryKey> orphans = ConcurrentHashMap.newKeySet();
        ports.statuses()
                .scan(
                        summary -> {
                            noteOrphan(summary.key(), orphans);
                            others.summary(summary);
                        },
                        pair -> {
                            note(pair, orphans);
                            others.pair(pair);
                        },
                        item -> {
                            noteOrphan(item.entry(), orphans);
                            others.unreadable(item);
                        });
        orphans.forEach(enqueue);
    }

    private void note(MirrorRow row) {
        boolean isNew = !index.contains(row.key());
        if (index.put(row, EntryParser.parse(row))) {
            if (!isNew) {
                hints.add(row.key());
            }
            enqueue.accept(row.key());
        }
    }

    private void note(PairStatus pair, Set<EntryKey> orphans) {
        live.add(pair);
        noteOrphan(pair.entry(), orphans);
    }

    private void noteOrphan(EntryKey key, Set<EntryKey> orphans) {
        if (!index.contains(key)) {
            orphans.add(key);
        }
    }
}
