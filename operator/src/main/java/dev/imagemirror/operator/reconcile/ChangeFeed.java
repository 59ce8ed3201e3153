package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.EntryKey;

/** Port: changes of the mirror table. Thread-safe. */
public interface ChangeFeed extends AutoCloseable {
    /** Hears of changes; quick, never throws. */
    interface Listener {
        /** The row was put, changed or removed. */
        void changed(EntryKey key);

        /** Changes may have been missed: list again. */
        void lost();
    }

    /** Begins; changes from now on are heard of. Called once. */
    void start(Listener listener);

    @Override
    void close();
}
