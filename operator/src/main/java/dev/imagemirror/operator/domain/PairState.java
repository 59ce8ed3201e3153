package dev.imagemirror.operator.domain;

import org.jspecify.annotations.Nullable;

/**
 * The two axes of a pair's status, kept apart, with their explanation.
 *
 * @param drift what the last observation showed
 * @param phase what is being done
 * @param reason why it waits or is blocked; null in the other phases
 * @param message what happened and what to do or expect next; empty if there is nothing to say
 * @param isRefused true if nobody may work on the pair as it stands in the status table; never written there
 */
public record PairState(Drift drift, Phase phase, @Nullable Reason reason, String message, boolean isRefused) {
    /** Rejects a reason that does not fit the phase; a long message is cut. */
    public PairState {
        message = StoredText.of(message);
        boolean needsReason = phase == Phase.WAITING || phase == Phase.BLOCKED;
        if (needsReason != (reason != null) || (reason != null && reason.phase() != phase)) {
            throw new IllegalArgumentException("phase " + phase + " cannot have reason " + reason);
        }
    }

    /** Of a pair that may be worked on. */
    public PairState(Drift drift, Phase phase, @Nullable Reason reason, String message) {
        this(drift, phase, reason, message, false);
    }

    /** Nothing to do. */
    public static PairState idle(Drift drift) {
        return new PairState(drift, Phase.IDLE, null, "");
    }

    /** The pair's item cannot be processed; {@code message} says why. */
    public static PairState refused(String message) {
        return new PairState(Drift.UNKNOWN, Phase.IDLE, null, message, true);
    }

    /** Waiting or blocked, as the reason says. */
    public static PairState held(Drift drift, Reason reason, String message) {
        return new PairState(drift, reason.phase(), reason, message);
    }

    /** A job is in flight. */
    public static PairState copying(Drift drift, String message) {
        return new PairState(drift, Phase.COPYING, null, message);
    }

    /** Both axes in one, the first that fits. */
    public SyncState syncState() {
        if (phase == Phase.BLOCKED) {
            return SyncState.BLOCKED;
        }
        if (phase == Phase.COPYING) {
            return SyncState.COPYING;
        }
        if (drift != Drift.IN_SYNC && reason == Reason.SUSPENDED) {
            return SyncState.SUSPENDED;
        }
        if (drift != Drift.IN_SYNC && reason == Reason.QUARANTINED) {
            return SyncState.QUARANTINED;
        }
        return SyncState.of(drift);
    }

    /** The state in one word. */
    public String word() {
        return syncState().word();
    }
}
