package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.port.EntryRecords;
import java.time.Instant;
import java.util.function.Function;

/** A row and its items in the status table, as a pass read them. */
sealed interface LoadedRow {
    /** Calls exactly one of the functions. */
    <R> R fold(Function<Gone, R> gone, Function<Present, R> present);

    /** The row does not exist, or has expired. */
    record Gone(EntryRecords records) implements LoadedRow {
        @Override
        public <R> R fold(Function<Gone, R> gone, Function<Present, R> present) {
            return gone.apply(this);
        }
    }

    /** The row exists; {@code now} is the pass's instant. */
    record Present(MirrorRow row, EntryRecords records, Instant now) implements LoadedRow {
        @Override
        public <R> R fold(Function<Gone, R> gone, Function<Present, R> present) {
            return present.apply(this);
        }
    }
}
