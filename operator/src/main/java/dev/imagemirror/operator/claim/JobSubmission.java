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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The second half of claim-then-submit: the claim is in the table, the job not yet in the queue. */
public final class JobSubmission {
    private static final Logger LOG = LoggerFactory.getLogger(JobSubmission.class);

    private final CopyJobQueue jobs;
    private final ReconcilerSettings settings;
    private final ClaimLedger ledger;
    private final IntFunction<Duration> backoff;
    private final Clock clock;
    private final JobEnder ender;
    private final ClaimUpdate claims;
    private final OutageLog outage = new OutageLog("the job queue", LOG::warn, System::nanoTime);

    public JobSubmission(
            Ports ports, ReconcilerSettings settings, ClaimLedger ledger, IntFunction<Duration> backoff, Clock clock) {
        this.jobs = ports.jobs();
        this.settings = settings;
        this.ledger = ledger;
        this.backoff = backoff;
        this.clock = clock;
        this.ender = new JobEnder(ports.jobs());
        this.claims = new ClaimUpdate(ports.statuses());
    }

    /** Submits the job of a claim that this process holds, given its pairs as stored. */
    List<? extends JobOutcome> submit(ClaimedPairs pairs) {
        Claim claim = pairs.claim();
        if (ledger.age(claim).compareTo(ReconcilerSettings.SUBMIT_LIMIT) > 0) {
            // so late that another process may soon take over the claim: leave it to that process
            return waiting(pairs, "it was submitted too late");
        }
        return jobs.submit(claim.jobName(), claim.job())
                .<List<? extends JobOutcome>>fold(
                        accepted -> accepted(pairs, accepted.jobId()),
                        refused -> refused(pairs, refused.message()),
                        unanswered -> unanswered(pairs, unanswered.message()));
    }

    private List<JobOutcome.Live> accepted(ClaimedPairs pairs, String jobId) {
        outage.worked(pairs.entry());
        LogContext.ofJob(jobId, pairs.claim().digest(), () -> LOG.info("submitted job {}: {}", jobId, words(pairs)));
        return recorded(pairs, jobId);
    }

    private List<JobOutcome.Live> unanswered(ClaimedPairs pairs, String message) {
        failed(pairs, "did not respond to a submission: " + message);
        return waiting(pairs, "the submission got no response (" + message + ")");
    }

    private List<JobOutcome.Refused> refused(ClaimedPairs pairs, String message) {
        failed(pairs, "rejected a job: " + message);
        Instant now = clock.instant();
        return claims
                .change(
                        pairs,
                        pair -> held(pair, pairs.claim(), message, now),
                        changed -> ledger.end(pairs.claim(), changed))
                .orElseThrow(() -> new StaleException("claim " + pairs.claim().id()))
                .stream()
                .map(JobOutcome.Refused::new)
                .toList();
    }

    /** One cause may reject every job: do not log a line for each. */
    private void failed(ClaimedPairs pairs, String words) {
        LogContext.ofClaim(pairs.claim(), () -> outage.failed(pairs.entry(), words));
    }

    /** {@code source@digest -> destination (Stale) and 3 more}. */
    private static String words(ClaimedPairs pairs) {
        PairStatus first = pairs.first();
        int others = pairs.pairs().size() - 1;
        return pairs.claim().job().parameters().get(CopyJobSpec.SOURCE) + " -> " + first.destination() + " ("
                + first.state().drift().word() + ")" + (others == 0 ? "" : " and " + others + " more");
    }

    /** The pairs of a claim whose job may or may not be in the queue. */
    List<JobOutcome.Live> waiting(ClaimedPairs pairs, String why) {
        Duration left = settings.grace().minus(ledger.ageForGrace(pairs.claim()));
        String message = "job claimed by " + pairs.claim().claimant() + "; " + why
                + "; the queue will be searched for it after a grace period of "
                + Span.of(settings.grace());
        return pairs.live(message, left.isNegative() ? Duration.ZERO : left);
    }

    /**
     * Records the job's id in all pairs of its claim.
     *
     * @throws StaleException if this process lost the claim; a job that the claim does not name is terminated first
     */
    List<JobOutcome.Live> recorded(ClaimedPairs pairs, String jobId) {
        String message = "job " + jobId + " submitted";
        Instant now = clock.instant();
        return claims
                .change(
                        pairs,
                        pair -> pair.withClaim(pair.liveClaim().submittedAs(jobId))
                                .in(PairState.copying(pair.state().drift(), message), pair.seen(), now),
                        ledger::submitted)
                .orElseThrow(() -> lost(pairs, jobId))
                .stream()
                .map(pair -> new JobOutcome.Live(pair, message, settings.jobCheck()))
                .toList();
    }

    /** If the submission came so late that its claim was taken over or has ended, nobody follows the job. */
    private StaleException lost(ClaimedPairs pairs, String jobId) {
        if (!claims.mayBelong(jobId, pairs)) {
            LogContext.ofJob(
                    jobId, pairs.claim().digest(), () -> ender.end(jobId, "submitted after its claim expired"));
        }
        return new StaleException("claim " + pairs.claim().id());
    }

    private PairStatus held(PairStatus pair, Claim claim, String message, Instant now) {
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
