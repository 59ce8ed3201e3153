package dev.imagemirror.operator.policy;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import java.util.List;
import java.util.Set;

/**
 * A policy's spec as rows, as far as it is valid: one bad mirror never stops the others.
 *
 * @param rows of the valid mirrors
 * @param errors everything that is wrong with the others, named by its place
 * @param invalid repositories of the sources of the others
 * @param knowsAllSources false if it cannot be told what one of them mirrors
 */
public record DeclaredRows(List<MirrorRow> rows, List<String> errors, Set<String> invalid, boolean knowsAllSources) {
    /** Copies the collections. */
    public DeclaredRows {
        rows = List.copyOf(rows);
        errors = List.copyOf(errors);
        invalid = Set.copyOf(invalid);
    }

    /** False if a row that is not declared may be that of an invalid mirror; it then stays as it was. */
    public boolean mayRemove(EntryKey key) {
        if (!knowsAllSources) {
            return false;
        }
        try {
            return !invalid.contains(ImageReference.parse(key.reference()).name());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
