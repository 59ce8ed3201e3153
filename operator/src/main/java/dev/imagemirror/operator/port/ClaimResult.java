package dev.imagemirror.operator.port;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;

/** What became of a claim. */
public sealed interface ClaimResult {
    /** All pairs are claimed; each item's version is one higher. */
    record Claimed() implements ClaimResult {}

    /** Nothing was written: the row or an item is not what it was when it was read. */
    record Changed() implements ClaimResult {}

    /** Nothing was written: another entry has a destination. */
    record Owned(ImageReference destination, EntryKey owner) implements ClaimResult {}
}
