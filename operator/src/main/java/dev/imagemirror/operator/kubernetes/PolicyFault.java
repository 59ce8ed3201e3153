package dev.imagemirror.operator.kubernetes;

/**
 * Something that keeps the rows from being what the policy says, or from being known.
 *
 * @param message what it is about and what to do
 */
record PolicyFault(Kind kind, String message) {
    /** What sort of fault; the worst first. */
    enum Kind {
        /** The tables cannot be read or written; what is known of them may be old. */
        TABLE_UNREACHABLE("TableUnreachable"),
        /** A part of the spec is invalid. */
        INVALID_SPEC("InvalidSpec"),
        /** The namespace may not write there. */
        DESTINATION_NOT_ALLOWED("DestinationNotAllowed"),
        /** The namespace may not read that. */
        SOURCE_NOT_ALLOWED("SourceNotAllowed"),
        /** Somebody else has the row, or a row that does the same. */
        ROW_CONFLICT("RowConflict"),
        /** The row is adopted once its copy has ended. */
        ADOPTION_WAITS("AdoptionWaits");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As in conditions and events. */
        String word() {
            return word;
        }
    }
}
