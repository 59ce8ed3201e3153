package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.decision.JobEnd;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.PortException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outcome of jobs whose ids are recorded in their claims. */
final class RecordedJobs {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedJobs.class);

    /** After this, an ended job with an unreadable report counts as having none. */
    private static final Duration REPORT_LIMIT = Duration.ofMinutes(10);

    /** Tolerated skew between the queue's clock and this process's. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final CopyJobQueue queue;
    private final ClaimJobs jobs;
    private final JobEnder ender;
    private final ClaimTakeover takeover;
    private final ClaimLedger ledger;
    private final ReconcilerSettings settings;

    RecordedJobs(
            CopyJobQueue queue,
            ClaimJobs jobs,
            JobEnder ender,
            ClaimTakeover takeover,
            ClaimLedger ledger,
            ReconcilerSettings settings) {
        this.queue = queue;
        this.jobs = jobs;
        this.ender = ender;
        this.takeover = takeover;
        this.ledger = ledger;
        this.settings = settings;
    }

    /** The queue lists the claim's job. */
    List<? extends JobOutcome> seen(ClaimedPairs pairs, CopyJob job, Instant now) {
        return job.state().isEnded() ? ended(pairs, job, now) : running(pairs, job, now);
    }

    /** The queue does not list the claim's job. A single list without it does not prove it is gone, since lists lag. */
    List<? extends JobOutcome> unseen(ClaimedPairs pairs, String jobId, Instant now) {
        List<CopyJob> found = jobs.find(pairs.claim());
        for (CopyJob job : found) {
            if (job.id().equals(jobId)) {
                return seen(pairs, job, now);
            }
        }
        if (found.stream().anyMatch(job -> !job.state().isEnded())) {
            return takeover.adopt(pairs, found);
        }
        return hasSettled(pairs.claim(), jobId)
                ? pairs.ended(new JobEnd.Lost())
                : live(pairs, "the queue does not list job " + jobId + " yet, or another process runs it");
    }

    /** Whether the queue has had time to list the claim's job; other machines' clocks need more than that. */
    private boolean hasSettled(Claim claim, String jobId) {
        ledger.startAge(claim);
        Duration settling = queue.settling(jobId);
        Duration age = ledger.ageForGrace(claim);
        boolean isGraceOver = !settings.isOneShot() || settling.isZero() || age.compareTo(settings.grace()) >= 0;
        return isGraceOver && age.compareTo(settling) >= 0;
    }

    private List<? extends JobOutcome> ended(ClaimedPairs pairs, CopyJob job, Instant now) {
        Optional<String> duplicates = duplicates(pairs.claim(), job);
        if (duplicates.isPresent()) {
            return live(pairs, duplicates.get());
        }
        try {
            return pairs.ended(queue.report(job)
                    .<JobEnd>map(report -> new JobEnd.Reported(job, report))
                    .orElseGet(() -> new JobEnd.Silent(job)));
        } catch (PortException e) {
            if (isLongAgo(job, now)) {
                LOG.warn("treating job {} as ended without a report: {}", job.id(), e.getMessage());
                return pairs.ended(new JobEnd.Silent(job));
            }
            return live(pairs, "job " + job.id() + " ended; its report cannot be read yet: " + e.getMessage());
        }
    }

    /** Only the job of a claim that was taken over may have been submitted more than once. */
    private Optional<String> duplicates(Claim claim, CopyJob job) {
        return claim.epoch() == 1 ? Optional.empty() : jobs.endDuplicates(jobs.find(claim), job.id());
    }

    private static boolean isLongAgo(CopyJob job, Instant now) {
        return job.stoppedAt() == null || now.isAfter(job.stoppedAt().plus(REPORT_LIMIT));
    }

    private List<JobOutcome.Live> running(ClaimedPairs pairs, CopyJob job, Instant now) {
        ledger.seen(pairs);
        String fault = endIfOverdue(pairs.claim(), job, now.minus(CLOCK_SKEW))
                .map(why -> "; " + why)
                .orElse("");
        return live(pairs, "job " + job.id() + ": " + job.detail() + fault);
    }

    /** Terminates an overdue job; returns what prevents that, if anything. */
    private Optional<String> endIfOverdue(Claim claim, CopyJob job, Instant now) {
        if (job.startedAt() == null) {
            Duration limit = settings.deadlines().start();
            boolean neverStarted =
                    job.createdAt() != null && now.isAfter(job.createdAt().plus(limit));
            return neverStarted ? ender.end(job.id(), "did not start in time") : Optional.empty();
        }
        boolean tooLong = now.isAfter(job.startedAt().plusSeconds(claim.job().deadlineSeconds()));
        return tooLong ? ender.end(job.id(), "past its deadline") : Optional.empty();
    }

    private List<JobOutcome.Live> live(ClaimedPairs pairs, String message) {
        return pairs.live(message, settings.jobCheck());
    }
}
