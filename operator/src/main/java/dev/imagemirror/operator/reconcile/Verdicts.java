package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.claim.JobOutcome;
import dev.imagemirror.operator.domain.decision.JobVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntFunction;

/**
 * Judges jobs that have ended.
 *
 * @param startLimit a job that did not start within this is stuck
 * @param backoff delay by number of failures
 */
record Verdicts(Duration startLimit, IntFunction<Duration> backoff) {
    JobVerdict of(JobOutcome.Ended ended, Instant now) {
        return new JobVerdict(ended.end(), startLimit, backoff, now);
    }
}
