package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Resolution;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What there is to say of an entry as a whole, after a pass over its pairs. */
final class EntrySummary {
    private EntrySummary() {}

    /** @param revision the row's, or null */
    static EntryStatus.Summary of(String revision, TagExpander.Expansion expansion, Collection<PairStatus> pairs) {
        Map<String, Integer> counts = new HashMap<>();
        pairs.forEach(pair -> counts.merge(pair.state().word(), 1, Integer::sum));
        boolean allInSync = pairs.stream().allMatch(pair -> pair.state().drift() == Drift.IN_SYNC);
        return new EntryStatus.Summary(
                revision,
                expansion.isComplete() && allInSync,
                counts,
                expansion.fault() == null ? List.of() : List.of("Tags: " + expansion.fault()),
                expansion.failure() == null ? "" : "tags cannot be listed: " + words(expansion.failure()));
    }

    private static String words(Resolution failure) {
        if (failure instanceof Resolution.Denied denied) {
            return denied.message();
        }
        return failure instanceof Resolution.Unavailable unavailable
                ? unavailable.message()
                : "there is no such repository";
    }
}
