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
 * What is known about an entry, for display.
 *
 * @param row null if it is gone
 * @param status {@link EntryStatus#fresh} if the entry was never looked at
 * @param pairs the worst first
 * @param unreadable items of the status table that are neither the status nor a pair
 */
public record EntryView(
        EntryKey key,
        @Nullable MirrorRow row,
        EntryStatus status,
        List<PairStatus> pairs,
        List<UnreadableItem> unreadable) {
    /** Whether an entry is as its row wants it. */
    public enum Ready {
        /** Every pair is in sync. */
        TRUE("True"),
        /** One is not, or the entry is not worked on. */
        FALSE("False"),
        /** Nobody has looked at the row as it is. */
        UNKNOWN("Unknown");

        private final String word;

        Ready(String word) {
            this.word = word;
        }

        /** As conditions of Kubernetes have it. */
        public String word() {
            return word;
        }
    }

    private static final Comparator<PairStatus> PAIRS = Comparator.comparing(
                    (PairStatus pair) -> pair.state().syncState())
            .thenComparing(pair -> pair.destination().toString());
    /** The worst first. */
    public static final Comparator<EntryView> ORDER =
            Comparator.comparing(EntryView::state).thenComparing(EntryView::key);

    /** Sorts the pairs. */
    public EntryView {
        pairs = pairs.stream().sorted(PAIRS).toList();
        unreadable = List.copyOf(unreadable);
    }

    /** With nothing that cannot be read. */
    public EntryView(EntryKey key, @Nullable MirrorRow row, EntryStatus status, List<PairStatus> pairs) {
        this(key, row, status, pairs, List.of());
    }

    /** The state of the whole: its worst pair's, unless the entry itself is hindered. */
    public SyncState state() {
        if (!problems().isEmpty()) {
            return SyncState.BLOCKED;
        }
        SyncState worst =
                pairs.isEmpty() ? SyncState.IN_SYNC : pairs.get(0).state().syncState();
        if (!wasSeen() || !hindrance().isEmpty()) {
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

    /** Whether it is as the row wants it. */
    public Ready ready() {
        if (!wasSeen() || isEdited()) {
            return Ready.UNKNOWN;
        }
        // an item that nobody works on any more says so itself, whatever the last pass had summed up
        boolean allInSync = pairs.stream().allMatch(pair -> pair.state().drift() == Drift.IN_SYNC);
        return status.summary().ready() && allInSync && unreadable.isEmpty() && row != null ? Ready.TRUE : Ready.FALSE;
    }

    /** True if something of the entry is not worked on until somebody upgrades the operator or corrects an item. */
    public boolean isRefused() {
        return status.summary().isRefused()
                || unreadable.stream().anyMatch(item -> !item.removable())
                || pairs.stream().anyMatch(pair -> pair.state().isRefused());
    }

    /** Fault of the entry as a whole, apart from its problems; empty if none. */
    public String hindrance() {
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

    /** Why the row is invalid; empty if it is not. */
    public List<String> problems() {
        return status.summary().problems();
    }

    /** Since when the pair that is not in sync for longest is as it is; null if all are in sync. */
    public @Nullable Instant driftedSince() {
        return pairs.stream()
                .filter(pair -> pair.state().drift() != Drift.IN_SYNC)
                .map(pair -> pair.times().lastTransitionAt())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Why the entry is not in sync, and what to do; empty if it is. */
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
        String message = hindrance();
        String reason = !message.isEmpty() || pairs.isEmpty() ? message : reason(pairs.get(0));
        return Stream.concat(Stream.of(reason), status.summary().row().notices().stream())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** What cannot be read or is a newer operator's, whether anybody has looked at the row or not. */
    private String refusal() {
        return Stream.concat(
                        Stream.of(hindrance()),
                        pairs.stream()
                                .map(PairStatus::state)
                                .filter(PairState::isRefused)
                                .map(PairState::message))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Why the pair is as it is: the reason's word and the message. */
    public static String reason(PairStatus pair) {
        String message = pair.state().message();
        if (pair.state().reason() == null) {
            return message;
        }
        return pair.state().reason().word() + (message.isEmpty() ? "" : ": " + message);
    }

    /** The view with the pairs of one state alone. */
    public EntryView only(SyncState state) {
        return new EntryView(
                key,
                row,
                status,
                pairs.stream().filter(pair -> pair.state().syncState() == state).toList(),
                unreadable);
    }

    /** The entry's message begins with its reason, as {@link #reason(PairStatus)} does. */
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
