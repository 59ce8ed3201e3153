package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.claim.ClaimLedger;
import dev.imagemirror.operator.claim.LogContext;
import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.StaleException;
import dev.imagemirror.operator.port.StatusTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes only what has changed, so that a sweep over unchanged rows costs no writes. */
final class StatusRecorder {
    /** After this, a newer observation time alone is worth a write. */
    static final Duration REFRESH = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(StatusRecorder.class);

    private final StatusTable statuses;
    private final ClaimLedger ledger;
    private final PassListener listener;

    StatusRecorder(StatusTable statuses, ClaimLedger ledger, PassListener listener) {
        this.statuses = statuses;
        this.ledger = ledger;
        this.listener = listener;
    }

    /** Writes a pair of a pass. */
    PairStatus record(PairStatus after, PassState pass) {
        PairStatus written = record(pass.statuses().before(after), after);
        pass.statuses().stands(written);
        return written;
    }

    /**
     * Writes a pair.
     *
     * @param before as stored
     * @param after the new state; a claim in {@code before} that is not in {@code after} is released
     * @return {@code after} as stored now
     * @throws StaleException if it was changed by someone else meanwhile
     */
    PairStatus record(PairStatus before, PairStatus after) {
        boolean released = before.claim() != null && after.claim() == null;
        if (!released && !isWorthAWrite(before, after)) {
            return before;
        }
        boolean written = released ? ledger.end(before.liveClaim(), List.of(after)) : statuses.write(after);
        if (!written) {
            throw new StaleException(after.destination().toString());
        }
        if (before.state().syncState() != after.state().syncState() || before.isNew()) {
            LogContext.of(after, () -> say(after));
        }
        List<CopyRecord> history = after.progress().history();
        if (released && !history.isEmpty() && !history.equals(before.progress().history())) {
            listener.copyEnded(after.entry(), history.get(0));
        }
        return after.at(after.version() + 1);
    }

    private static void say(PairStatus pair) {
        String message = pair.state().message();
        LOG.info(
                "{} -> {}: {}{}",
                pair.pair().source(),
                pair.destination(),
                pair.state().word(),
                message.isEmpty() ? "" : " (" + message + ")");
    }

    /** Writes a summary, if it has changed. */
    void record(EntryStatus before, EntryStatus after) {
        boolean old = isOld(before.observedAt(), after.observedAt());
        if ((old || !after.saysTheSameAs(before)) && !statuses.write(after)) {
            throw new StaleException("the summary of " + after.key());
        }
        EntryFaultLog.note(before, after);
    }

    private static boolean isWorthAWrite(PairStatus before, PairStatus after) {
        return before.isNew()
                || !after.saysTheSameAs(before)
                || isOld(before.times().observedAt(), after.times().observedAt());
    }

    private static boolean isOld(@Nullable Instant before, @Nullable Instant after) {
        return before == null || (after != null && !after.isBefore(before.plus(REFRESH)));
    }
}
