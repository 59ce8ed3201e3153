package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.port.EntryRecords;
import java.time.Instant;

/** A row and what the status table has of it, as a pass read them. */
sealed interface LoadedRow {
    /** The row does not exist, or has expired. */
    record Gone(EntryRecords records) implements LoadedRow {}

    /** The row exists; {@code now} is the pass's instant. */
    record Present(MirrorRow row, EntryRecords records, Instant now) implements LoadedRow {}

    /** The row is an entry. */
    record Valid(Present at, MirrorEntry entry) implements LoadedRow {}

    /** The row cannot be understood. */
    record Invalid(Present at, ParsedEntry.Invalid problems) implements LoadedRow {}
}
