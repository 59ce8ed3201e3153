package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.PairCounts;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Phase;
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.domain.SyncState;
import java.util.List;
import java.util.function.Predicate;

/**
 * Summary of what is known about a policy's rows.
 *
 * @param rows number of rows
 * @param unseen rows not yet observed in their current form
 * @param hindered rows blocked as a whole: invalid, or their tags cannot be listed
 * @param pairs of all rows
 * @param counts pairs by state
 */
record PolicyOverview(int rows, int unseen, List<EntryView> hindered, List<PairStatus> pairs, PairCounts counts) {
    /** An overview of existing rows. */
    static PolicyOverview of(List<EntryView> rows) {
        List<PairStatus> pairs =
                rows.stream().flatMap(row -> row.pairs().stream()).toList();
        return new PolicyOverview(
                rows.size(),
                (int) rows.stream()
                        .filter(row -> row.ready() == EntryView.Ready.UNKNOWN)
                        .count(),
                rows.stream().filter(PolicyOverview::isHindered).toList(),
                pairs,
                counts(pairs));
    }

    /** True if every pair of the current rows is in sync. */
    boolean isInSync() {
        return unseen == 0 && hindered.isEmpty() && counts.inSync() == counts.total() && counts.blocked() == 0;
    }

    /** Pairs with one side unobserved that need no action but waiting. */
    int unknown() {
        return count(pairs, state -> state.drift() == Drift.UNKNOWN && state.phase() != Phase.BLOCKED);
    }

    /** Counts of out-of-sync pairs by state; empty if all are in sync. */
    String states() {
        return StateCounts.of(pairs).without(SyncState.IN_SYNC).text();
    }

    /** The common reason of all matching pairs, or {@code otherwise} if they differ. */
    String reason(Predicate<PairState> like, String otherwise) {
        List<String> reasons = pairs.stream()
                .map(PairStatus::state)
                .filter(like)
                .map(state ->
                        state.reason() == null ? otherwise : state.reason().word())
                .distinct()
                .toList();
        return reasons.size() == 1 ? reasons.get(0) : otherwise;
    }

    private static boolean isHindered(EntryView row) {
        return !row.problems().isEmpty() || !row.blocker().isEmpty();
    }

    private static PairCounts counts(List<PairStatus> pairs) {
        return new PairCounts(
                pairs.size(),
                count(pairs, state -> state.drift() == Drift.IN_SYNC),
                count(pairs, state -> state.drift().wantsCopy()),
                count(pairs, state -> state.drift() == Drift.UNKNOWN),
                count(pairs, state -> state.phase() == Phase.COPYING),
                count(pairs, state -> state.phase() == Phase.WAITING),
                count(pairs, state -> state.phase() == Phase.BLOCKED));
    }

    private static int count(List<PairStatus> pairs, Predicate<PairState> like) {
        return (int) pairs.stream().map(PairStatus::state).filter(like).count();
    }
}
