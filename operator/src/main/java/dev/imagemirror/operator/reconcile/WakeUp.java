package dev.imagemirror.operator.reconcile;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How soon another pass has to follow: at the earliest of all that is waited for, if anything is. Used by one pass. */
final class WakeUp {
    private @Nullable Duration earliest;

    /** Something is waited for so long. */
    void within(Duration wait) {
        Duration positive = wait.isNegative() ? Duration.ZERO : wait;
        if (earliest == null || positive.compareTo(earliest) < 0) {
            earliest = positive;
        }
    }

    /** The time until then; empty if nothing is waited for. */
    Optional<Duration> earliest() {
        return Optional.ofNullable(earliest);
    }

    /** The time until then, or until the entry's turn if that comes first. */
    Duration atLatest(Duration turn) {
        return earliest != null && earliest.compareTo(turn) < 0 ? earliest : turn;
    }
}
