package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Retry;
import dev.imagemirror.operator.engine.OutageLog;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.StaleException;
import dev.imagemirror.text.Span;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The second half of claim-then-submit: the claim is in the table, the job not yet in the queue. */
public final class JobSubmission {
    private static final Logger LOG = LoggerFactory.getLogger(JobSubmission.class);

    private static final int MAX_TRIES = 5;

    private final Ports ports;
    private final ReconcilerSettings settings;
    private final ClaimLedger ledger;
    private final IntFunction<Duration> backoff;
    private final Clock clock;
    private final JobEnder ender;
    private final OutageLog outage = new OutageLog("the job queue", LOG::warn, System::nanoTime);

    public JobSubmission(
            Ports ports, ReconcilerSettings settings, ClaimLedger ledger, IntFunction<Duration> backoff, Clock clock) {
        this.ports = ports;
        this.settings = settings;
        this.ledger = ledger;
        this.backoff = backoff;
        this.clock = clock;
        this.ender = new JobEnder(ports.jobs());
    }

    /**
     * Submits the job of a claim that this process holds.
     *
     * @param pairs all pairs of the claim, as they stand in the table
     */
    List<? extends JobOutcome> submit(List<PairStatus> pairs) {
        Claim claim = pairs.get(0).claim();
        if (ledger.age(claim).compareTo(ReconcilerSettings.SUBMIT_LIMIT) > 0) {
            // so late that another process may soon take the claim over: leave it to whoever does
            return waiting(pairs, "it was submitted too late");
        }
        CopyJobQueue.Submission answer = ports.jobs().submit(claim.jobName(), claim.job());
        if (answer instanceof CopyJobQueue.Submission.Accepted accepted) {
            outage.worked(pairs.get(0).entry());
            LogContext.ofJob(
                    accepted.jobId(),
                    claim.digest(),
                    () -> LOG.info("submitted job {}: {}", accepted.jobId(), words(pairs)));
            return recorded(pairs, accepted.jobId());
        }
        if (answer instanceof CopyJobQueue.Submission.Refused refused) {
            failed(pairs, "rejected a job: " + refused.message());
            return released(pairs, refused.message());
        }
        String message = ((CopyJobQueue.Submission.Unanswered) answer).message();
        failed(pairs, "did not respond to a submission: " + message);
        return waiting(pairs, "the submission got no response (" + message + ")");
    }

    /** What refuses one job may refuse all: that is no line for each. */
    private void failed(List<PairStatus> pairs, String words) {
        PairStatus first = pairs.get(0);
        LogContext.ofClaim(first.claim(), () -> outage.failed(first.entry(), words));
    }

    /** {@code source@digest -> destination (Stale) and 3 more}. */
    private static String words(List<PairStatus> pairs) {
        PairStatus first = pairs.get(0);
        String more = pairs.size() == 1 ? "" : " and " + (pairs.size() - 1) + " more";
        return first.claim().job().parameters().get(CopyJobSpec.SOURCE) + " -> " + first.destination() + " ("
                + first.state().drift().word() + ")" + more;
    }

    /** The pairs of a claim whose job may or may not be in the queue. */
    List<JobOutcome.Live> waiting(List<PairStatus> pairs, String why) {
        Duration left = settings.grace().minus(ledger.ageForGrace(pairs.get(0).claim()));
        Duration wait = left.isNegative() ? Duration.ZERO : left;
        String message = "job claimed by " + pairs.get(0).claim().claimant() + "; " + why
                + "; the queue will be searched for it after a grace period of "
                + Span.of(settings.grace());
        return pairs.stream()
                .map(pair -> new JobOutcome.Live(pair, message, wait))
                .toList();
    }

    /**
     * Records the job's id in all pairs of its claim.
     *
     * @throws StaleException if the claim is not this process's any more; a job that it does not name is ended first
     */
    List<JobOutcome.Live> recorded(List<PairStatus> pairs, String jobId) {
        String message = "job " + jobId + " submitted";
        Instant now = clock.instant();
        List<PairStatus> stored = changed(
                pairs,
                pair -> pair.withClaim(pair.claim().submittedAs(jobId))
                        .in(PairState.copying(pair.state().drift(), message), pair.seen(), now),
                ledger::submitted);
        if (stored == null) {
            endUnlessClaimed(pairs.get(0), jobId);
            throw new StaleException("claim " + pairs.get(0).claim().id());
        }
        return stored.stream()
                .map(pair -> new JobOutcome.Live(pair, message, settings.jobCheck()))
                .toList();
    }

    private List<JobOutcome.Refused> released(List<PairStatus> pairs, String message) {
        Instant now = clock.instant();
        Claim claim = pairs.get(0).claim();
        List<PairStatus> free =
                changed(pairs, pair -> refused(pair, message, now), changed -> ledger.end(claim, changed));
        if (free == null) {
            throw new StaleException("claim " + claim.id());
        }
        return free.stream().map(JobOutcome.Refused::new).toList();
    }

    /**
     * Changes all pairs of a claim, on top of what other processes wrote of them meanwhile.
     *
     * @return the pairs as they stand in the table, or null if the claim is not as it was
     */
    private List<PairStatus> changed(
            List<PairStatus> pairs, UnaryOperator<PairStatus> change, Predicate<List<PairStatus>> write) {
        List<PairStatus> current = pairs;
        for (int tries = 0; current != null && tries < MAX_TRIES; tries++) {
            List<PairStatus> after = current.stream().map(change).toList();
            if (write.test(after)) {
                return after.stream().map(pair -> pair.at(pair.version() + 1)).toList();
            }
            current = again(pairs);
        }
        return null;
    }

    private List<PairStatus> again(List<PairStatus> pairs) {
        Claim claim = pairs.get(0).claim();
        List<PairStatus> stored = ports.statuses().load(pairs.get(0).entry()).pairs().stream()
                .filter(pair -> claim.equals(pair.claim()))
                .toList();
        return stored.size() == pairs.size() ? stored : null;
    }

    /** A submission that came so late that its claim was taken over, or has ended, leaves a job that nobody follows. */
    private void endUnlessClaimed(PairStatus pair, String jobId) {
        boolean claimed = ports.statuses().load(pair.entry()).pairs().stream()
                .map(PairStatus::claim)
                .filter(claim -> claim != null && claim.id().equals(pair.claim().id()))
                .anyMatch(claim -> claim.jobId() == null || claim.jobId().equals(jobId));
        if (!claimed) {
            LogContext.ofJob(jobId, pair.claim().digest(), () -> ender.end(jobId, "submitted after its claim expired"));
        }
    }

    private PairStatus refused(PairStatus pair, String message, Instant now) {
        Claim claim = pair.claim();
        Retry before = pair.progress().retry();
        int attempts = claim.digest().equals(before.digest()) ? before.attempts() + 1 : 1;
        Instant next = now.plus(backoff.apply(attempts));
        String words = "the queue rejected the job: " + message + "; next attempt at " + next;
        Retry.Cause cause = new Retry.Cause(Reason.BACKOFF, words, pair.seen().destination());
        Retry retry = new Retry(claim.digest(), attempts, 0, next, cause);
        PairState state = PairState.held(pair.state().drift(), Reason.BACKOFF, words);
        return pair.released(retry, pair.progress().history(), now).in(state, pair.seen(), now);
    }
}
