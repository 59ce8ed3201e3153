package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.EntryKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Entries that need a special next pass. Thread-safe. */
public final class ReconcileHints {
    /** What the pass must do; each constant includes those before it. */
    enum Hint {
        /** Nothing special. */
        NONE,
        /** Query the registries again, ignoring cached answers. */
        LOOK,
        /** Retry failures too. */
        TRY
    }

    private final Map<EntryKey, Hint> hints = new ConcurrentHashMap<>();

    /** The entry's next pass retries failures and queries the registries again, after an edit or on {@code sync}. */
    public void add(EntryKey key) {
        add(key, Hint.TRY);
    }

    /** The entry's next pass queries the registries again, since something there has changed. */
    public void look(EntryKey key) {
        add(key, Hint.LOOK);
    }

    void add(EntryKey key, Hint hint) {
        if (hint != Hint.NONE) {
            hints.merge(key, hint, (one, other) -> one.compareTo(other) < 0 ? other : one);
        }
    }

    Hint take(EntryKey key) {
        Hint hint = hints.remove(key);
        return hint == null ? Hint.NONE : hint;
    }
}
