package dev.imagemirror.operator.reconcile;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When the next pass is due: the earliest of all pending waits, if any. Used by one pass. */
final class WakeUp {
    private @Nullable Duration earliest;

    /** Adds a wait. */
    void within(Duration wait) {
        Duration positive = wait.isNegative() ? Duration.ZERO : wait;
        if (earliest == null || positive.compareTo(earliest) < 0) {
            earliest = positive;
        }
    }

    /** The shortest wait; empty if there is none. */
    Optional<Duration> earliest() {
        return Optional.ofNullable(earliest);
    }

    /** The shortest wait, or the time until the entry's turn if that comes first. */
    Duration atLatest(Duration turn) {
        return earliest != null && earliest.compareTo(turn) < 0 ? earliest : turn;
    }
}
