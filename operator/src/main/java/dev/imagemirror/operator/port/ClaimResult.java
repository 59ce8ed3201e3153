package dev.imagemirror.operator.port;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;

/** Outcome of a claim attempt. */
public sealed interface ClaimResult {
    /** All pairs are claimed; every item's version is now one higher. */
    record Claimed() implements ClaimResult {}

    /** Nothing was written: the row or an item has changed since it was read. */
    record Changed() implements ClaimResult {}

    /** Nothing was written: another entry owns a destination. */
    record Owned(ImageReference destination, EntryKey owner) implements ClaimResult {}
}
