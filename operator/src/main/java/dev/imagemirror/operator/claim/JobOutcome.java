package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.decision.JobEnd;
import java.time.Duration;

/** A pair that had a claim when the pass began, and what became of the claim's job. */
public sealed interface JobOutcome {
    /** The pair, with its claim, as it stands in the table. */
    PairStatus pair();

    /**
     * The job has not ended.
     *
     * @param message what it is doing
     * @param wakeAfter when to look again
     */
    record Live(PairStatus pair, String message, Duration wakeAfter) implements JobOutcome {}

    /** The job has ended, or is no longer known. */
    record Ended(PairStatus pair, JobEnd end) implements JobOutcome {}

    /** The claim's job was refused; {@code pair} is without the claim already. */
    record Refused(PairStatus pair) implements JobOutcome {}
}
