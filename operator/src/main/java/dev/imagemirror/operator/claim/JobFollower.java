package dev.imagemirror.operator.claim;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.PortException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Follows the jobs claimed before a pass, and takes over abandoned claims. */
public final class JobFollower {
    /** The requested jobs that the queue shows. */
    @FunctionalInterface
    private interface ShownJobs {
        /** @throws PortException if the queue did not respond */
        Optional<CopyJob> find(String jobId);
    }

    private final CopyJobQueue queue;
    private final ReconcilerSettings settings;
    private final JobSubmission submission;
    private final ClaimLedger ledger;
    private final Clock clock;
    private final JobEnder ender;
    private final LateJobs late;
    private final ClaimTakeover takeover;
    private final RecordedJobs recorded;

    public JobFollower(
            CopyJobQueue queue,
            ReconcilerSettings settings,
            JobSubmission submission,
            ClaimLedger ledger,
            Clock clock) {
        this.queue = queue;
        this.settings = settings;
        this.submission = submission;
        this.ledger = ledger;
        this.clock = clock;
        this.ender = new JobEnder(queue);
        this.late = new LateJobs(queue, ender, clock);
        ClaimJobs jobs = new ClaimJobs(queue, ender);
        this.takeover = new ClaimTakeover(jobs, submission, ledger, settings.claimant(), clock);
        this.recorded = new RecordedJobs(queue, jobs, ender, takeover, ledger, settings);
    }

    /**
     * Follows every claim of the pairs; pairs without one are skipped. Also terminates the jobs of ended claims.
     *
     * @param maySubmit whether the job of a claim, given by all its pairs, may still be submitted
     * @return by destination identity
     */
    public Map<ImageReference, JobOutcome> follow(Collection<PairStatus> pairs, Predicate<List<PairStatus>> maySubmit) {
        late.end(pairs);
        Map<ImageReference, JobOutcome> followed = new HashMap<>();
        List<ClaimedPairs> claims = ClaimedPairs.in(pairs);
        ShownJobs jobs = describe(claims);
        for (ClaimedPairs claimed : claims) {
            LogContext.ofClaim(
                    claimed.claim(),
                    () -> follow(claimed, jobs, maySubmit)
                            .forEach(each -> followed.put(each.pair().identity(), each)));
        }
        return followed;
    }

    /** Terminates a job of a claim whose pairs are no longer wanted. */
    public void end(String jobId, String why) {
        ender.endUnwanted(jobId, why);
    }

    /** When to check again for a job of the pair's ended claims; empty if none can appear any more. */
    public Optional<Duration> watch(PairStatus pair) {
        return pair.late(clock.instant()).isEmpty() ? Optional.empty() : Optional.of(settings.jobCheck());
    }

    /** The pair without its claim, whose job no longer matters. */
    public PairStatus released(PairStatus pair) {
        return pair.released(pair.progress().retry(), pair.progress().history(), clock.instant());
    }

    private ShownJobs describe(List<ClaimedPairs> claims) {
        Set<String> ids = claims.stream()
                .map(claimed -> claimed.claim().jobId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        try {
            Map<String, CopyJob> known = ids.isEmpty() ? Map.of() : queue.describe(ids);
            return jobId -> Optional.ofNullable(known.get(jobId));
        } catch (PortException e) {
            return jobId -> {
                throw e;
            };
        }
    }

    private List<? extends JobOutcome> follow(
            ClaimedPairs pairs, ShownJobs jobs, Predicate<List<PairStatus>> maySubmit) {
        String jobId = pairs.claim().jobId();
        return jobId == null ? followUnrecorded(pairs, maySubmit) : followRecorded(pairs, jobId, jobs);
    }

    private List<? extends JobOutcome> followUnrecorded(ClaimedPairs pairs, Predicate<List<PairStatus>> maySubmit) {
        ledger.seen(pairs);
        ledger.startAge(pairs.claim());
        return ledger.ageForGrace(pairs.claim()).compareTo(settings.grace()) < 0
                ? submission.waiting(pairs, "its job is being submitted")
                : takeover.takeOver(pairs, maySubmit);
    }

    /** An unresponsive queue affects only the job's own pairs. */
    private List<? extends JobOutcome> followRecorded(ClaimedPairs pairs, String jobId, ShownJobs jobs) {
        try {
            Optional<CopyJob> job = jobs.find(jobId);
            return job.isPresent()
                    ? recorded.seen(pairs, job.get(), clock.instant())
                    : recorded.unseen(pairs, jobId, clock.instant());
        } catch (PortException e) {
            ledger.seen(pairs);
            return pairs.live("job " + jobId + " cannot be checked: " + e.getMessage(), settings.jobCheck());
        }
    }
}
