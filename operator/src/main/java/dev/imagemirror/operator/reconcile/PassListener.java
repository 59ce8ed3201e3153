package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.entry.MirrorEntry;

/** Notified of what passes do, for metrics. Called on the worker's thread: quick, never throws. Thread-safe. */
public interface PassListener {
    /** A listener that does nothing. */
    PassListener NONE = new PassListener() {
        @Override
        public void registriesAreAsked(MirrorEntry entry) {}

        @Override
        public void copyEnded(EntryKey entry, CopyRecord copy) {}
    };

    /** The registries of an entry are about to be queried. */
    void registriesAreAsked(MirrorEntry entry);

    /** A copy of one pair has ended and is in its history. */
    void copyEnded(EntryKey entry, CopyRecord copy);
}
