package dev.imagemirror.testing.registry;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The traits that hold at this moment; they may change while the registry runs, from any thread. */
final class Traits {
    private final AtomicReference<Set<Trait>> current;

    Traits(Collection<Trait> initial) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        traits.addAll(initial);
        current = new AtomicReference<>(traits);
    }

    boolean has(Trait trait) {
        return current.get().contains(trait);
    }

    void set(Trait trait, boolean on) {
        current.updateAndGet(before -> {
            Set<Trait> after = EnumSet.copyOf(before);
            if (on) {
                after.add(trait);
            } else {
                after.remove(trait);
            }
            return after;
        });
    }
}
