package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.Reason;

/** Whether one more job may start. */
sealed interface AdmissionAnswer {
    /** Admitted. */
    record Admitted() implements AdmissionAnswer {}

    /**
     * Queued.
     *
     * @param place in the queue, from 1
     * @param why what it is waiting for
     */
    record Queued(int place, String why) implements AdmissionAnswer {
        /** The state for a pair of the job. */
        PairState state(Drift drift) {
            return PairState.held(drift, Reason.ADMISSION, "queued (position " + place + "): " + why);
        }
    }
}
