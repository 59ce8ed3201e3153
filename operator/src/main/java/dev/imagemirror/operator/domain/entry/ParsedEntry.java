package dev.imagemirror.operator.domain.entry;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A row as {@link EntryParser} understood it. */
public sealed interface ParsedEntry {
    /** What follows from it: exactly one of the functions is called. */
    <R> R fold(Function<MirrorEntry, R> valid, Function<Invalid, R> invalid);

    /** The entry, if the row can be worked on. */
    default Optional<MirrorEntry> asEntry() {
        return fold(Optional::of, invalid -> Optional.empty());
    }

    /** It can be worked on. */
    record Valid(MirrorEntry entry) implements ParsedEntry {
        @Override
        public <R> R fold(Function<MirrorEntry, R> valid, Function<Invalid, R> invalid) {
            return valid.apply(entry);
        }
    }

    /** It cannot; all that is wrong is said at once. */
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
