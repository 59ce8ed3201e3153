package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairStatus;
import java.util.List;

/**
 * Everything that the status table has of one entry.
 *
 * @param entry its summary; {@link EntryStatus#fresh} if there is none
 * @param pairs one a destination
 */
public record EntryRecords(EntryStatus entry, List<PairStatus> pairs) {
    /** Copies the list. */
    public EntryRecords {
        pairs = List.copyOf(pairs);
    }
}
