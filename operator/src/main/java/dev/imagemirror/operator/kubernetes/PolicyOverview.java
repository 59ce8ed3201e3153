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
 * What is known of a policy's rows, summed up.
 *
 * @param rows how many there are
 * @param unseen rows that nobody has looked at as they are
 * @param hindered rows of which something hinders all pairs: they are invalid, or their tags cannot be listed
 * @param pairs of all rows
 * @param counts pairs by state
 */
record PolicyOverview(int rows, int unseen, List<EntryView> hindered, List<PairStatus> pairs, PairCounts counts) {
    /** Of rows that are there. */
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

    /** True if all there is to mirror is in sync as the rows are now. */
    boolean isInSync() {
        return unseen == 0 && hindered.isEmpty() && counts.inSync() == counts.total() && counts.blocked() == 0;
    }

    /** Pairs of which one side could not be seen, and about which nobody has to do anything but wait. */
    int unknown() {
        return count(pairs, state -> state.drift() == Drift.UNKNOWN && state.phase() != Phase.BLOCKED);
    }

    /** Pairs by state, as a text; empty if there are none but those in sync. */
    String states() {
        return StateCounts.of(pairs).without(SyncState.IN_SYNC).text();
    }

    /** The one reason of all pairs that are like that, else {@code otherwise}. */
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
        return !row.problems().isEmpty() || !row.hindrance().isEmpty();
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
