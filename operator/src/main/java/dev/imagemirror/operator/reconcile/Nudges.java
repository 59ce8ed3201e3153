package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.EntryKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Entries whose next pass shall forget failures: rows that were edited, and {@code sync}. Thread-safe. */
public final class Nudges {
    private final Set<EntryKey> keys = ConcurrentHashMap.newKeySet();

    /** The entry's next pass tries what failed, and looks at the registries anew. */
    public void add(EntryKey key) {
        keys.add(key);
    }

    boolean take(EntryKey key) {
        return keys.remove(key);
    }
}
