package dev.imagemirror.operator.domain.entry;

import java.util.List;

/** A row as {@link EntryParser} understood it. */
public sealed interface ParsedEntry {
    /** It can be worked on. */
    record Valid(MirrorEntry entry) implements ParsedEntry {}

    /** It cannot; all that is wrong is said at once. */
    record Invalid(List<Problem> problems) implements ParsedEntry {
        /** Copies the list. */
        public Invalid {
            problems = List.copyOf(problems);
        }

        /** All problems in one line. */
        public String message() {
            return String.join("; ", problems.stream().map(Problem::toString).toList());
        }
    }
}
