package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.WorkQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The entries to reconcile: kept until taken, or passed to a queue that is being drained. Thread-safe. */
final class ChosenEntries {
    private final Set<EntryKey> kept = ConcurrentHashMap.newKeySet();
    private volatile Consumer<EntryKey> target = kept::add;

    void add(EntryKey key) {
        target.accept(key);
    }

    /** From now on, adds entries to the queue instead. */
    void goInto(WorkQueue<EntryKey> queue) {
        target = queue::add;
    }

    /** The kept entries, by key. */
    Set<EntryKey> all() {
        return new TreeSet<>(kept);
    }

    /** The same, and clears them. */
    Set<EntryKey> take() {
        Set<EntryKey> keys = all();
        kept.removeAll(keys);
        return keys;
    }

    void clear() {
        kept.clear();
    }
}
