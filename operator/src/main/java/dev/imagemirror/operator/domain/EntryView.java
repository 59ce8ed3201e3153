package dev.imagemirror.operator.domain;

import dev.imagemirror.operator.domain.EntryStatus.Summary;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about an entry, for display.
 *
 * @param row null if deleted
 * @param status {@link EntryStatus#fresh} if never reconciled
 * @param pairs worst first
 * @param unreadable items of the status table that are neither a summary nor a pair
 */
public record EntryView(
        EntryKey key,
        @Nullable MirrorRow row,
        EntryStatus status,
        List<PairStatus> pairs,
        List<UnreadableItem> unreadable) {
    /** Whether the entry matches its row. */
    public enum Ready {
        /** Every pair is in sync. */
        TRUE("True"),
        /** At least one pair is not, or the entry is not being reconciled. */
        FALSE("False"),
        /** The row has not been observed in its current form. */
        UNKNOWN("Unknown");

        private final String word;

        Ready(String word) {
            this.word = word;
        }

        /** The status word of Kubernetes conditions. */
        public String word() {
            return word;
        }
    }

    private static final Comparator<PairStatus> PAIRS = Comparator.comparing(
                    (PairStatus pair) -> pair.state().syncState())
            .thenComparing(pair -> pair.destination().toString());
    /** Worst first. */
    public static final Comparator<EntryView> ORDER =
            Comparator.comparing(EntryView::state).thenComparing(EntryView::key);

    /** Sorts the pairs. */
    public EntryView {
        pairs = pairs.stream().sorted(PAIRS).toList();
        unreadable = List.copyOf(unreadable);
    }

    /** A view without unreadable items. */
    public EntryView(EntryKey key, @Nullable MirrorRow row, EntryStatus status, List<PairStatus> pairs) {
        this(key, row, status, pairs, List.of());
    }

    /** State of the entry: that of its worst pair, unless the entry itself is blocked. */
    public SyncState state() {
        if (!problems().isEmpty()) {
            return SyncState.BLOCKED;
        }
        SyncState worst =
                pairs.isEmpty() ? SyncState.IN_SYNC : pairs.get(0).state().syncState();
        if (!wasSeen() || !blocker().isEmpty()) {
            return isBlocked() || worst == SyncState.BLOCKED ? SyncState.BLOCKED : SyncState.UNKNOWN;
        }
        return worst;
    }

    /** The state in one word. */
    public String word() {
        return state().word();
    }

    /** True if the entry or one of its pairs is in this state. */
    public boolean isIn(SyncState state) {
        return state() == state || counts().of(state) > 0;
    }

    /** Whether the entry matches its row. */
    public Ready ready() {
        if (!wasSeen() || isEdited()) {
            return Ready.UNKNOWN;
        }
        // a pair that is no longer reconciled says so itself, whatever the last pass recorded
        boolean allInSync = pairs.stream().allMatch(pair -> pair.state().drift() == Drift.IN_SYNC);
        return status.summary().ready() && allInSync && unreadable.isEmpty() && row != null ? Ready.TRUE : Ready.FALSE;
    }

    /** True if part of the entry is skipped until the operator is upgraded or an item is fixed. */
    public boolean isRefused() {
        return status.summary().isRefused()
                || unreadable.stream().anyMatch(item -> !item.removable())
                || pairs.stream().anyMatch(pair -> pair.state().isRefused());
    }

    /** What blocks the entry as a whole, other than its problems; empty if nothing. */
    public String blocker() {
        String message = status.summary().message();
        return message.isEmpty()
                ? unreadable.stream().findFirst().map(EntryView::words).orElse("")
                : message;
    }

    private static String words(UnreadableItem item) {
        return item.removable() ? item.fault() + "; the next reconcile removes it" : Summary.refusal(item.fault());
    }

    /** Pairs by state. */
    public StateCounts counts() {
        return StateCounts.of(pairs);
    }

    /** Why the row is invalid; empty if valid. */
    public List<String> problems() {
        return status.summary().problems();
    }

    /** When the longest-drifted pair entered its current state; null if all pairs are in sync. */
    public @Nullable Instant driftedSince() {
        return pairs.stream()
                .filter(pair -> pair.state().drift() != Drift.IN_SYNC)
                .map(pair -> pair.times().lastTransitionAt())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Why the entry is out of sync and what to do; empty if in sync. */
    public String reason() {
        if (row == null) {
            return isRefused()
                    ? "the row was deleted; " + refusal()
                    : "the row was deleted; this goes away once its jobs have ended";
        }
        if (!wasSeen()) {
            String refusal = refusal();
            return refusal.isEmpty() ? "not reconciled yet; use 'mirror-operator run', 'once' or 'sync'" : refusal;
        }
        if (problems().size() == 1) {
            return Reason.INVALID_ENTRY.word() + ": " + problems().get(0);
        }
        if (!problems().isEmpty()) {
            return Reason.INVALID_ENTRY.word() + ": " + problems().size() + " problems";
        }
        if (isEdited()) {
            return "the row has changed since it was last reconciled";
        }
        String message = blocker();
        String reason = !message.isEmpty() || pairs.isEmpty() ? message : reason(pairs.get(0));
        return Stream.concat(Stream.of(reason), status.summary().row().notices().stream())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Items that are unreadable or written by a newer operator, whether or not the row was observed. */
    private String refusal() {
        return Stream.concat(
                        Stream.of(blocker()),
                        pairs.stream()
                                .map(PairStatus::state)
                                .filter(PairState::isRefused)
                                .map(PairState::message))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Why the pair is in its state: reason word and message. */
    public static String reason(PairStatus pair) {
        String message = pair.state().message();
        if (pair.state().reason() == null) {
            return message;
        }
        return pair.state().reason().word() + (message.isEmpty() ? "" : ": " + message);
    }

    /** This view, restricted to pairs in one state. */
    public EntryView only(SyncState state) {
        return new EntryView(
                key,
                row,
                status,
                pairs.stream().filter(pair -> pair.state().syncState() == state).toList(),
                unreadable);
    }

    /** The entry's message starts with its reason, like {@link #reason(PairStatus)}. */
    private boolean isBlocked() {
        int colon = status.summary().message().indexOf(':');
        Reason reason = colon < 0 ? null : Reason.of(status.summary().message().substring(0, colon));
        return reason != null && reason.phase() == Phase.BLOCKED;
    }

    private boolean wasSeen() {
        return status.observedAt() != null;
    }

    private boolean isEdited() {
        return row != null && status.summary().row().isOlderThan(row);
    }
}
