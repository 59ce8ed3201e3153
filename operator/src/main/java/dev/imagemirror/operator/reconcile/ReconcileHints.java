package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.EntryKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Entries that need a special next pass. Thread-safe. */
public final class ReconcileHints {
    /** What the pass must do; each constant includes those before it. */
    enum Nudge {
        /** Nothing special. */
        NONE,
        /** Query the registries again, ignoring cached answers. */
        LOOK,
        /** Retry failures too. */
        TRY
    }

    private final Map<EntryKey, Nudge> hints = new ConcurrentHashMap<>();

    /** The entry's next pass retries failures and queries the registries again, after an edit or on {@code sync}. */
    public void add(EntryKey key) {
        add(key, Nudge.TRY);
    }

    /** The entry's next pass queries the registries again, since something there has changed. */
    public void look(EntryKey key) {
        add(key, Nudge.LOOK);
    }

    void add(EntryKey key, Nudge nudge) {
        if (nudge != Nudge.NONE) {
            hints.merge(key, nudge, (one, other) -> one.compareTo(other) < 0 ? other : one);
        }
    }

    Nudge take(EntryKey key) {
        Nudge nudge = hints.remove(key);
        return nudge == null ? Nudge.NONE : nudge;
    }
}
