package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.EntryKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Entries whose next pass is not one like the others. Thread-safe. */
public final class ReconcileHints {
    /** What is asked of a pass; a later one includes those before it. */
    enum Nudge {
        /** Nothing. */
        NONE,
        /** The registries are looked at anew, whatever was seen a moment ago. */
        LOOK,
        /** Failures are forgotten too. */
        TRY
    }

    private final Map<EntryKey, Nudge> hints = new ConcurrentHashMap<>();

    /** The entry's next pass tries what failed, and looks at the registries anew: it was edited, or {@code sync} asks. */
    public void add(EntryKey key) {
        add(key, Nudge.TRY);
    }

    /** The entry's next pass looks at the registries anew: something there has changed. */
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
