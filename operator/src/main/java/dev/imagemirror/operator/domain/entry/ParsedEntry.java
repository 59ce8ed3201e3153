package dev.imagemirror.operator.domain.entry;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Result of {@link EntryParser}. */
public sealed interface ParsedEntry {
    /** Applies exactly one of the functions. */
    <R> R fold(Function<MirrorEntry, R> valid, Function<Invalid, R> invalid);

    /** The entry, if the row is valid. */
    default Optional<MirrorEntry> asEntry() {
        return fold(Optional::of, invalid -> Optional.empty());
    }

    /** The row is valid. */
    record Valid(MirrorEntry entry) implements ParsedEntry {
        @Override
        public <R> R fold(Function<MirrorEntry, R> valid, Function<Invalid, R> invalid) {
            return valid.apply(entry);
        }
    }

    /** The row is invalid, for all of these reasons. */
    record Invalid(List<Problem> problems) implements ParsedEntry {
        /** Copies the list. */
        public Invalid {
            problems = List.copyOf(problems);
        }

        @Override
        public <R> R fold(Function<MirrorEntry, R> valid, Function<Invalid, R> invalid) {
            return invalid.apply(this);
        }

        /** All problems in one line. */
        public String message() {
            return String.join("; ", problems.stream().map(Problem::toString).toList());
        }
    }
}
