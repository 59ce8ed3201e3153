package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What an ended job means for one of its pairs, once the pair was observed again. Only the observation says whether the
 * copy worked; the job's report says what to do if it did not. Pure.
 */
public final class JobVerdict {
    /** How long a blocked pair is left alone. */
    public static final Duration BLOCKED_RETRY = Duration.ofHours(6);

    private static final int MAX_DIVERGENCES = 3;

    private final CopyJob job;
    private final JobReport report;
    private final Duration startLimit;
    private final IntFunction<Duration> backoff;
    private final Instant now;

    /**
     * @param job as the queue shows it, or null if it is no longer known
     * @param report what the job said, or null
     * @param startLimit a job that did not start within this is stuck
     * @param backoff delay after so many failures
     * @param now the pass's instant
     */
    public JobVerdict(CopyJob job, JobReport report, Duration startLimit, IntFunction<Duration> backoff, Instant now) {
        this.job = job;
        this.report = report;
        this.startLimit = startLimit;
        this.backoff = backoff;
        this.now = now;
    }

    /** The pair without its claim: with history, failures and, while these are waited out, the state that says why. */
    public PairStatus on(PairStatus pair, Observation seen) {
        Claim claim = pair.claim();
        JobReport.Outcome outcome = report == null ? null : report.of(pair.destination());
        List<CopyRecord> history = new ArrayList<>(List.of(record(claim, outcome)));
        history.addAll(pair.progress().history());
        Failure failure = failure(pair, claim.digest(), outcome, seen);
        PairStatus.Progress progress =
                new PairStatus.Progress(null, failure == null ? Retry.NONE : failure.retry(), history);
        PairStatus ended = pair.with(progress);
        if (failure == null) {
            return ended;
        }
        PairState held = PairState.held(DriftCalculator.of(seen), failure.reason(), failure.message());
        return ended.in(held, new PairStatus.Seen(seen.sourceDigest(), seen.destinationDigest()), now);
    }

    private record Failure(Reason reason, String message, Retry retry) {}

    private CopyRecord record(Claim claim, JobReport.Outcome outcome) {
        String word = outcome != null
                ? outcome.succeeded() ? outcome.outcome() : "failed: " + outcome.reason()
                : job == null ? "unknown" : job.state() == CopyJob.State.SUCCEEDED ? "ended" : "failed: no report";
        boolean timed = job != null && job.startedAt() != null && job.stoppedAt() != null;
        Duration duration = timed ? Duration.between(job.startedAt(), job.stoppedAt()) : Duration.ZERO;
        return new CopyRecord(
                claim.digest(), now, claim.jobId(), word, outcome == null ? 0 : outcome.bytes(), duration);
    }

    /** Null if the pair is equal now or the source has moved on, so that what failed no longer matters. */
    private Failure failure(PairStatus pair, Digest digest, JobReport.Outcome outcome, Observation seen) {
        boolean current = digest.equals(seen.sourceDigest());
        if (DriftCalculator.of(seen) == Drift.IN_SYNC || (seen.sourceDigest() != null && !current)) {
            return null;
        }
        Retry before = digest.equals(pair.progress().retry().digest())
                ? pair.progress().retry()
                : new Retry(digest, 0, 0, null);
        boolean visible = DriftCalculator.of(seen) != Drift.UNKNOWN;
        if (outcome != null && outcome.succeeded()) {
            return visible ? diverged(pair.destination(), before) : null;
        }
        int attempts = before.attempts() + 1;
        Reason blocked = visible ? blocking(outcome) : null;
        // a job that is lost with the queue that ran it (a local one, at a restart) says nothing about the copy
        Duration delay = job == null && attempts == 1 ? Duration.ZERO : backoff.apply(attempts);
        Instant next = now.plus(blocked != null ? BLOCKED_RETRY : delay);
        Retry retry = new Retry(digest, attempts, before.divergences(), next);
        return blocked != null
                ? new Failure(blocked, words(outcome, blocked), retry)
                : new Failure(Reason.BACKOFF, words(outcome, null) + "; tried again at " + next, retry);
    }

    private Failure diverged(ImageReference destination, Retry before) {
        int divergences = before.divergences() + 1;
        boolean enough = divergences >= MAX_DIVERGENCES;
        Instant next = now.plus(enough ? BLOCKED_RETRY : backoff.apply(divergences));
        Retry retry = new Retry(before.digest(), before.attempts(), divergences, next);
        String message = divergences + " copies of " + before.digest() + " succeeded, and yet " + destination
                + " has another digest: something else writes to it or changes what is pushed";
        return new Failure(enough ? Reason.DIVERGING : Reason.BACKOFF, message, retry);
    }

    /** The reason that no new try will mend, or null. */
    private Reason blocking(JobReport.Outcome outcome) {
        if (outcome == null) {
            return isStuck() ? Reason.JOB_STUCK : null;
        }
        Reason reason = outcome.reason() == null ? null : Reason.of(outcome.reason());
        boolean lasting = reason == Reason.ACCESS_DENIED
                || reason == Reason.IMMUTABLE_TAG
                || reason == Reason.REPOSITORY_NOT_FOUND;
        return lasting ? reason : null;
    }

    private boolean isStuck() {
        return job != null
                && job.startedAt() == null
                && job.createdAt() != null
                && !now.isBefore(job.createdAt().plus(startLimit));
    }

    private String words(JobReport.Outcome outcome, Reason blocked) {
        if (outcome != null) {
            return outcome.error() == null ? "the job failed: " + outcome.reason() : outcome.error();
        }
        if (blocked == Reason.JOB_STUCK) {
            return "job " + job.id() + " did not start within " + startLimit.toMinutes()
                    + " minutes: check the compute environment of its queue (" + job.detail() + ")";
        }
        return job == null
                ? "the queue no longer knows the job, and the destination is not equal"
                : "job " + job.id() + " ended without a report (" + job.detail() + ")";
    }
}
