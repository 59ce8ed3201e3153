package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.port.EntryRecords;
import java.util.function.Function;

/** A loaded row, parsed. */
sealed interface ValidatedRow {
    /** Calls exactly one of the functions. */
    <R> R fold(Function<Gone, R> gone, Function<Invalid, R> invalid, Function<Valid, R> valid);

    /** There is no row. */
    record Gone(EntryRecords records) implements ValidatedRow {
        @Override
        public <R> R fold(Function<Gone, R> gone, Function<Invalid, R> invalid, Function<Valid, R> valid) {
            return gone.apply(this);
        }
    }

    /** The row is invalid. */
    record Invalid(LoadedRow.Present at, ParsedEntry.Invalid problems) implements ValidatedRow {
        @Override
        public <R> R fold(Function<Gone, R> gone, Function<Invalid, R> invalid, Function<Valid, R> valid) {
            return invalid.apply(this);
        }
    }

    /** The row is a valid entry. */
    record Valid(LoadedRow.Present at, MirrorEntry entry) implements ValidatedRow {
        @Override
        public <R> R fold(Function<Gone, R> gone, Function<Invalid, R> invalid, Function<Valid, R> valid) {
            return valid.apply(this);
        }
    }
}
