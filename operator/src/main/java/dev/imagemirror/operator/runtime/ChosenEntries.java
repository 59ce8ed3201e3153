package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.WorkQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The entries that are to be worked: kept until they are taken, or handed to a queue that is being drained. Thread-safe. */
final class ChosenEntries {
    private final Set<EntryKey> kept = ConcurrentHashMap.newKeySet();
    private volatile Consumer<EntryKey> target = kept::add;

    void add(EntryKey key) {
        target.accept(key);
    }

    /** What is added from now on goes into the queue. */
    void goInto(WorkQueue<EntryKey> queue) {
        target = queue::add;
    }

    /** Those that are kept, in the order of keys. */
    Set<EntryKey> all() {
        return new TreeSet<>(kept);
    }

    /** The same, which are no longer kept then. */
    Set<EntryKey> take() {
        Set<EntryKey> keys = all();
        kept.removeAll(keys);
        return keys;
    }

    void clear() {
        kept.clear();
    }
}
