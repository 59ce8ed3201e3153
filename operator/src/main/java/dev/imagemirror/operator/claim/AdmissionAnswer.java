package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.Reason;

/** Whether one more job may start. */
sealed interface AdmissionAnswer {
    /** It may. */
    record Admitted() implements AdmissionAnswer {}

    /**
     * It has to wait.
     *
     * @param place in line, from 1
     * @param why what is waited for
     */
    record Queued(int place, String why) implements AdmissionAnswer {
        /** The state of a pair of the job. */
        PairState state(Drift drift) {
            return PairState.held(drift, Reason.ADMISSION, "queued (position " + place + "): " + why);
        }
    }
}
