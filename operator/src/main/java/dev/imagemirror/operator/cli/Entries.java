package dev.imagemirror.operator.cli;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidReferenceException;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.program.CommandFailure;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.text.StateColor;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds entries by user input. */
public final class Entries {
    private Entries() {}

    /**
     * The entries that {@code name} names: by key, raw or displayed, by source as written without the owner, or
     * canonical.
     *
     * @throws CommandFailure if there is none
     */
    static List<EntryKey> named(Collection<EntryKey> keys, String name) {
        String canonical = canonical(name);
        List<EntryKey> found = keys.stream()
                .filter(key -> key.text().equals(name)
                        || StateColor.plain(key.toString()).equals(name)
                        || key.reference().equals(name)
                        || (canonical != null && Objects.equals(canonical(key.reference()), canonical)))
                .sorted()
                .toList();
        if (found.isEmpty()) {
            throw new CommandFailure(
                    Exit.NOT_FOUND, "no entry '" + name + "'; list them with 'mirror-operator status'");
        }
        return found;
    }

    private static @Nullable String canonical(String text) {
        try {
            return ImageReference.parse(text).withDefaultTag().identity().toString();
        } catch (InvalidReferenceException e) {
            return null;
        }
    }
}
