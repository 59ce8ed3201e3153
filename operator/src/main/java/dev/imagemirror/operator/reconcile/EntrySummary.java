package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.domain.entry.Notices;
import dev.imagemirror.operator.reconcile.TagExpander.Expansion;
import java.util.Collection;
import java.util.List;

/** The summary of an entry, after a pass over its pairs. */
final class EntrySummary {
    private EntrySummary() {}

    /**
     * Creates the summary.
     *
     * @param notices oddities of lists that were read
     * @param pairs all of them, including rejected ones
     * @param unreadable items that need attention
     */
    static EntryStatus.Summary of(
            MirrorRow row,
            Expansion expansion,
            Collection<String> notices,
            Collection<PairStatus> pairs,
            List<UnreadableItem> unreadable) {
        boolean allInSync = pairs.stream().allMatch(pair -> pair.state().drift() == Drift.IN_SYNC);
        return new EntryStatus.Summary(
                EntryStatus.RowSeen.of(row, Notices.of(row)).with(notices),
                expansion instanceof Expansion.Complete && unreadable.isEmpty() && allInSync && !pairs.isEmpty(),
                StateCounts.of(pairs),
                expansion instanceof Expansion.Excessive excessive ? List.of("Tags: " + excessive.fault()) : List.of(),
                message(expansion, pairs, unreadable));
    }

    private static String message(Expansion expansion, Collection<PairStatus> pairs, List<UnreadableItem> unreadable) {
        if (expansion instanceof Expansion.Unlisted unlisted) {
            return unlisted.failure() instanceof Resolution.NotAllowed forbidden
                    ? Reason.SOURCE_NOT_ALLOWED.word() + ": " + forbidden.message()
                    : "tags cannot be listed: " + words(unlisted.failure());
        }
        if (!unreadable.isEmpty()) {
            String more = unreadable.size() == 1 ? "" : "; and " + (unreadable.size() - 1) + " more";
            return EntryStatus.Summary.refusal(unreadable.get(0).fault() + more);
        }
        return expansion instanceof Expansion.Complete complete && pairs.isEmpty()
                ? "Tags selects none of the repository's " + complete.listed() + " tags; check Include, Exclude and"
                        + " Semver"
                : "";
    }

    private static String words(Resolution failure) {
        if (failure instanceof Resolution.Denied denied) {
            return denied.message();
        }
        return failure instanceof Resolution.Unavailable unavailable ? unavailable.message() : "no such repository";
    }
}
