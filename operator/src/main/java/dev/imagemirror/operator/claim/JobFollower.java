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

/** Finds out what became of the jobs that were claimed before a pass, and takes over claims that others left behind. */
public final class JobFollower {
    /** What the queue shows of the jobs that were asked for. */
    @FunctionalInterface
    private interface ShownJobs {
        /** @throws PortException if the queue did not answer */
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
     * Follows every claim of the pairs; those without one are left out. Jobs of claims that have ended are ended too.
     *
     * @param maySubmit whether the job of a claim, given by all its pairs, may still be submitted
     * @return by the destination's identity
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

    /** Ends a job of a claim whose pairs are wanted no longer. */
    public void end(String jobId, String why) {
        ender.endUnwanted(jobId, why);
    }

    /** When to look again for a job of the pair's ended claims; empty if none can appear any more. */
    public Optional<Duration> watch(PairStatus pair) {
        return pair.late(clock.instant()).isEmpty() ? Optional.empty() : Optional.of(settings.jobCheck());
    }

    /** The pair without its claim, whose job matters to nobody. */
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

    /** A queue that does not answer hinders the job's own pairs alone. */
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
