package dev.imagemirror.operator.kubernetes;

/**
 * Why rows do not match the policy, or why that is unknown.
 *
 * @param message what it concerns and what to do
 */
record PolicyFault(Kind kind, String message) {
    /** Kind of fault, worst first. */
    enum Kind {
        /** The tables cannot be read or written; known state may be outdated. */
        TABLE_UNREACHABLE("TableUnreachable"),
        /** Part of the spec is invalid. */
        INVALID_SPEC("InvalidSpec"),
        /** The namespace may not write to the destination. */
        DESTINATION_NOT_ALLOWED("DestinationNotAllowed"),
        /** The namespace may not read the source. */
        SOURCE_NOT_ALLOWED("SourceNotAllowed"),
        /** Another manager owns the row or an equivalent one. */
        ROW_CONFLICT("RowConflict"),
        /** The row will be adopted once its copy has finished. */
        ADOPTION_WAITS("AdoptionWaits");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The reason in conditions and events. */
        String word() {
            return word;
        }
    }
}
