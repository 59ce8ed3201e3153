package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.decision.JobEnd;
import java.time.Duration;

/** A pair that had a claim when the pass began, and the outcome of the claim's job. */
public sealed interface JobOutcome {
    /** The pair, with its claim, as stored. */
    PairStatus pair();

    /**
     * The job has not ended.
     *
     * @param message what it is doing
     * @param wakeAfter when to check again
     */
    record Live(PairStatus pair, String message, Duration wakeAfter) implements JobOutcome {}

    /** The job has ended, or is no longer known. */
    record Ended(PairStatus pair, JobEnd end) implements JobOutcome {}

    /** The claim's job was rejected; {@code pair} no longer carries the claim. */
    record Refused(PairStatus pair) implements JobOutcome {}
}
