package dev.imagemirror.operator.domain.decision;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.Retry;
import dev.imagemirror.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an ended job means for one of its pairs, once the pair was observed again. Only the observation says whether the
 * copy worked; the job's report says what to do if it did not. Pure.
 */
public final class JobVerdict {
    /** How long a blocked pair is left alone. */
    public static final Duration BLOCKED_RETRY = Duration.ofHours(6);

    private static final int MAX_DIVERGENCES = 3;

    private final @Nullable CopyJob job;
    private final @Nullable JobReport report;
    private final Duration startLimit;
    private final IntFunction<Duration> backoff;
    private final Instant now;

    /**
     * @param job as the queue shows it, if it is still known
     * @param report what the job said, if anything
     * @param startLimit a job that did not start within this is stuck
     * @param backoff delay after so many failures
     * @param now the pass's instant
     */
    public JobVerdict(
            @Nullable CopyJob job,
            @Nullable JobReport report,
            Duration startLimit,
            IntFunction<Duration> backoff,
            Instant now) {
        this.job = job;
        this.report = report;
        this.startLimit = startLimit;
        this.backoff = backoff;
        this.now = now;
    }

    /** The pair without its claim: with history, failures and, while these are waited out, the state that says why. */
    public PairStatus on(PairStatus pair, Observation seen) {
        Claim claim = pair.liveClaim();
        JobReport.Outcome outcome = report == null ? null : report.of(pair.destination());
        List<CopyRecord> history = new ArrayList<>(List.of(record(claim, outcome)));
        history.addAll(pair.progress().history());
        return pair.released(retry(pair, claim.digest(), outcome, seen), history, now);
    }

    /** The pair without its claim, when nobody looks at the destination: the history has the job, nothing is judged. */
    public PairStatus unseen(PairStatus pair) {
        JobReport.Outcome outcome = report == null ? null : report.of(pair.destination());
        List<CopyRecord> history = new ArrayList<>(List.of(record(pair.liveClaim(), outcome)));
        history.addAll(pair.progress().history());
        return pair.released(pair.progress().retry(), history, now);
    }

    private CopyRecord record(Claim claim, JobReport.@Nullable Outcome outcome) {
        String word = outcome != null
                ? outcome.succeeded() ? outcome.outcome() : "failed: " + outcome.reason()
                : job == null ? "unknown" : job.state() == CopyJob.State.SUCCEEDED ? "ended" : "failed: no report";
        Duration duration = job == null || job.startedAt() == null || job.stoppedAt() == null
                ? Duration.ZERO
                : Duration.between(job.startedAt(), job.stoppedAt());
        return new CopyRecord(
                claim.digest(), now, claim.jobId(), word, outcome == null ? 0 : outcome.bytes(), duration);
    }

    /** None if the pair is equal now or the source has moved on, so that what failed no longer matters. */
    private Retry retry(PairStatus pair, Digest digest, JobReport.@Nullable Outcome outcome, Observation seen) {
        boolean current = digest.equals(seen.sourceDigest());
        if (DriftCalculator.of(seen) == Drift.IN_SYNC || (seen.sourceDigest() != null && !current)) {
            return Retry.NONE;
        }
        Retry before = digest.equals(pair.progress().retry().digest())
                ? pair.progress().retry()
                : new Retry(digest, 0, 0, null, null);
        boolean visible = DriftCalculator.of(seen) != Drift.UNKNOWN;
        if (outcome != null && outcome.succeeded()) {
            return visible ? diverged(pair, before, seen) : before;
        }
        int attempts = before.attempts() + 1;
        Reason blocked = visible ? blocking(outcome) : null;
        // a job that is lost with the queue that ran it (a local one, at a restart) says nothing about the copy
        Duration delay = job == null && attempts == 1 ? Duration.ZERO : backoff.apply(attempts);
        Instant next = now.plus(blocked != null ? BLOCKED_RETRY : delay);
        Retry.Cause cause = blocked != null
                ? new Retry.Cause(blocked, words(outcome, blocked), destination(pair, seen))
                : new Retry.Cause(
                        Reason.BACKOFF, words(outcome, null) + "; next attempt at " + next, destination(pair, seen));
        return new Retry(digest, attempts, before.divergences(), next, cause);
    }

    /** As it is, or, where that cannot be seen, as it was when the job was submitted. */
    private static @Nullable Digest destination(PairStatus pair, Observation seen) {
        boolean answered = seen.destination() instanceof Resolution.Found
                || seen.destination() instanceof Resolution.Missing
                || seen.destination() instanceof Resolution.RepositoryMissing;
        return answered ? seen.destinationDigest() : pair.seen().destination();
    }

    private Retry diverged(PairStatus pair, Retry before, Observation seen) {
        int divergences = before.divergences() + 1;
        boolean enough = divergences >= MAX_DIVERGENCES;
        Instant next = now.plus(enough ? BLOCKED_RETRY : backoff.apply(divergences));
        String what = seen.referrers() == Observation.Referrers.LACKING
                ? " lacks the image's referrers (signatures, SBOMs, attestations): does its registry support referrers?"
                : seen.destinationDigest() == null
                        ? " does not exist: something deletes it (a lifecycle rule?), or its registry does not keep it"
                        : " has another digest: something else writes to it or modifies what is pushed";
        String message = divergences + " copies of " + before.digest() + " succeeded, but " + pair.destination() + what;
        Reason reason = enough ? Reason.DIVERGING : Reason.BACKOFF;
        return new Retry(
                before.digest(),
                before.attempts(),
                divergences,
                next,
                new Retry.Cause(reason, message, seen.destinationDigest()));
    }

    /** The reason that no new try will mend, if it is one. */
    private @Nullable Reason blocking(JobReport.@Nullable Outcome outcome) {
        if (outcome == null) {
            return isStuck() ? Reason.JOB_STUCK : null;
        }
        Reason reason = outcome.reason() == null ? null : Reason.of(outcome.reason());
        boolean lasting = reason == Reason.INCOMPLETE_SOURCE
                || reason == Reason.ACCESS_DENIED
                || reason == Reason.IMMUTABLE_TAG
                || reason == Reason.REPOSITORY_NOT_FOUND
                || reason == Reason.SOURCE_NOT_ALLOWED
                || reason == Reason.DESTINATION_NOT_ALLOWED;
        return lasting ? reason : null;
    }

    private boolean isStuck() {
        return job != null
                && job.startedAt() == null
                && job.createdAt() != null
                && !now.isBefore(job.createdAt().plus(startLimit));
    }

    private String words(JobReport.@Nullable Outcome outcome, @Nullable Reason blocked) {
        if (outcome != null) {
            return outcome.error() == null ? "the job failed: " + outcome.reason() : outcome.error();
        }
        if (job != null && blocked == Reason.JOB_STUCK) {
            return "job " + job.id() + " did not start within " + Span.of(startLimit)
                    + ": check the compute environment of its queue (" + job.detail() + ")";
        }
        return job == null
                ? "the job is gone from the queue and the destination is out of sync"
                : "job " + job.id() + " ended without a report (" + job.detail() + ")";
    }
}
