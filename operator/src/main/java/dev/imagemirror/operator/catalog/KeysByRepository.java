package dev.imagemirror.operator.catalog;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The entries that name a repository. Not thread-safe. */
final class KeysByRepository {
    private final Map<String, Set<EntryKey>> keys = new HashMap<>();

    /** {@code registry/path}, normalized. */
    static String repository(ImageReference reference) {
        return reference.identity().name();
    }

    /** The entries that name this repository. */
    Set<EntryKey> of(String repository) {
        return keys.getOrDefault(repository, Set.of());
    }

    /** Most repositories have one entry; a set for each would take more memory than all the rest. */
    void add(ImageReference reference, EntryKey key) {
        keys.merge(repository(reference), Set.of(key), (known, one) -> {
            Set<EntryKey> several = known.size() == 1 ? new HashSet<>(known) : known;
            several.addAll(one);
            return several;
        });
    }

    void remove(ImageReference reference, EntryKey key) {
        String repository = repository(reference);
        Set<EntryKey> known = of(repository);
        if (!known.contains(key)) {
            return;
        }
        if (known.size() == 1) {
            keys.remove(repository);
        } else {
            known.remove(key);
            keys.put(repository, known.size() == 1 ? Set.copyOf(known) : known);
        }
    }
}
