package dev.imagemirror.operator.domain;

/** Understands rows of the mirror table. Pure, thread-safe. */
public final class EntryParser {
    private EntryParser() {}

    /** The entry, or everything that is wrong with the row. */
    public static ParsedEntry parse(MirrorRow row) {
        return new ParsedEntry.Invalid(java.util.List.of(new Problem("Source", "in the making: " + row)));
    }
}
