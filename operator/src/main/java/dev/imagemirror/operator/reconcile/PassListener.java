package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.entry.MirrorEntry;

/** Hears of what passes do, for metrics. Called on the worker's thread: quick, never throws. Thread-safe. */
@FunctionalInterface
public interface PassListener {
    /** Hears and does nothing. */
    PassListener NONE = (entry, copy) -> {};

    /** The registries of an entry are about to be asked. */
    default void registriesAreAsked(MirrorEntry entry) {}

    /** A copy of one pair has ended and is in its history. */
    void copyEnded(EntryKey entry, CopyRecord copy);
}
