package dev.imagemirror.operator.domain;

import org.jspecify.annotations.Nullable;

/**
 * The two axes of a pair's status, kept apart, and what explains them.
 *
 * @param drift result of the last observation
 * @param phase what is being done
 * @param reason why the pair waits or is blocked; null in other phases
 * @param message what happened and what to do or expect next; may be empty
 * @param isRefused true if the pair's item must not be processed; never stored
 */
public record PairState(Drift drift, Phase phase, @Nullable Reason reason, String message, boolean isRefused) {
    /** Rejects a reason that does not fit the phase; truncates a long message. */
    public PairState {
        message = StoredText.of(message);
        boolean needsReason = phase == Phase.WAITING || phase == Phase.BLOCKED;
        if (needsReason != (reason != null) || (reason != null && reason.phase() != phase)) {
            throw new IllegalArgumentException("phase " + phase + " cannot have reason " + reason);
        }
    }

    /** State of a pair that may be reconciled. */
    public PairState(Drift drift, Phase phase, @Nullable Reason reason, String message) {
        this(drift, phase, reason, message, false);
    }

    /** Nothing to do. */
    public static PairState idle(Drift drift) {
        return new PairState(drift, Phase.IDLE, null, "");
    }

    /** State of a pair whose item cannot be processed; {@code message} says why. */
    public static PairState refused(String message) {
        return new PairState(Drift.UNKNOWN, Phase.IDLE, null, message, true);
    }

    /** Waiting or blocked, depending on the reason. */
    public static PairState held(Drift drift, Reason reason, String message) {
        return new PairState(drift, reason.phase(), reason, message);
    }

    /** A copy job is in flight. */
    public static PairState copying(Drift drift, String message) {
        return new PairState(drift, Phase.COPYING, null, message);
    }

    /** Both axes as one state; the first match wins. */
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
