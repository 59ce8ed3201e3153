package dev.imagemirror.operator.policy;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import java.util.List;
import java.util.Set;

/**
 * A policy's spec as rows, as far as valid: one bad mirror never stops the others.
 *
 * @param rows of the valid mirrors
 * @param errors all errors in the others, each with its location
 * @param invalid source repositories of the others
 * @param knowsAllSources false if one of the others has no recognizable source
 */
public record DeclaredRows(List<MirrorRow> rows, List<String> errors, Set<String> invalid, boolean knowsAllSources) {
    /** Copies the collections. */
    public DeclaredRows {
        rows = List.copyOf(rows);
        errors = List.copyOf(errors);
        invalid = Set.copyOf(invalid);
    }

    /** False if an undeclared row may belong to an invalid mirror; it must then stay unchanged. */
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
