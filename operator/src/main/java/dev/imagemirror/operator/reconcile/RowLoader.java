package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.MirrorTable;
import dev.imagemirror.operator.port.StaleException;
import dev.imagemirror.operator.port.StatusTable;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads an entry from both tables, and updates this process's index and claims of all entries. */
final class RowLoader {
    private static final Logger LOG = LoggerFactory.getLogger(RowLoader.class);

    private final MirrorTable mirrors;
    private final StatusTable statuses;
    private final EntryIndex index;
    private final Admission admission;
    private final Clock clock;

    RowLoader(MirrorTable mirrors, StatusTable statuses, EntryIndex index, Admission admission, Clock clock) {
        this.mirrors = mirrors;
        this.statuses = statuses;
        this.index = index;
        this.admission = admission;
        this.clock = clock;
    }

    /**
     * Reads the row and its items.
     *
     * @throws StaleException if an unreadable item changed meanwhile
     */
    LoadedRow load(EntryKey key) {
        Optional<MirrorRow> row = mirrors.load(key);
        EntryRecords records = statuses.load(key);
        removeUnreadable(records);
        admission.sync(key, records.shown());
        Instant now = clock.instant();
        return row.filter(read -> !read.isExpired(now))
                .<LoadedRow>map(read -> new LoadedRow.Present(read, records, now))
                .orElseGet(() -> new LoadedRow.Gone(records));
    }

    /** Parses the row, if it exists. */
    ValidatedRow validate(LoadedRow loaded) {
        return loaded.fold(
                gone -> {
                    index.remove(gone.records().entry().key());
                    return new ValidatedRow.Gone(gone.records());
                },
                this::validate);
    }

    private ValidatedRow validate(LoadedRow.Present present) {
        ParsedEntry parsed = EntryParser.parse(present.row());
        index.put(present.row(), parsed);
        return parsed.fold(
                entry -> new ValidatedRow.Valid(present, entry), invalid -> new ValidatedRow.Invalid(present, invalid));
    }

    /** What an unreadable item said is determined again. */
    private void removeUnreadable(EntryRecords records) {
        for (UnreadableItem item : records.refused().items()) {
            if (item.removable()) {
                if (!statuses.discard(item)) {
                    throw new StaleException("item " + item.name());
                }
                LOG.warn("{}: {}; removing it and rebuilding its status", item.entry(), item.fault());
            }
        }
    }
}
