package dev.imagemirror.operator.claim;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.StaleException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what became of the jobs that were claimed before a pass, and takes over claims that others left behind. */
public final class JobFollower {
    private static final Logger LOG = LoggerFactory.getLogger(JobFollower.class);

    /** After this an ended job whose report cannot be read counts as one without. */
    private static final Duration REPORT_PATIENCE = Duration.ofMinutes(10);

    /** By so much the queue's clock and this process's may differ. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    /** @param fault why the queue did not answer, or null */
    private record Jobs(Map<String, CopyJob> known, String fault) {}

    private final CopyJobQueue queue;
    private final ReconcilerSettings settings;
    private final JobSubmission submission;
    private final ClaimLedger ledger;
    private final Clock clock;
    private final JobEnder ender;
    private final LateJobs late;

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
    }

    /**
     * Follows every claim of the pairs; those without one are left out. Jobs of claims that have ended are ended too.
     *
     * @param maySubmit whether the job of a claim, given by all its pairs, may still be submitted
     * @return by the destination's identity
     */
    public Map<ImageReference, JobOutcome> follow(Collection<PairStatus> pairs, Predicate<List<PairStatus>> maySubmit) {
        late.end(pairs);
        Map<String, List<PairStatus>> claims = pairs.stream()
                .filter(pair -> pair.claim() != null)
                .collect(Collectors.groupingBy(pair -> pair.claim().id(), LinkedHashMap::new, Collectors.toList()));
        Map<ImageReference, JobOutcome> followed = new HashMap<>();
        Jobs jobs = describe(claims.values());
        for (List<PairStatus> claimed : claims.values()) {
            LogContext.ofClaim(
                    claimed.get(0).claim(),
                    () -> tryToFollow(claimed, jobs, maySubmit)
                            .forEach(each -> followed.put(each.pair().identity(), each)));
        }
        return followed;
    }

    /** Ends a job of a claim whose pairs are wanted no longer. */
    public void end(String jobId, String why) {
        ender.endUnwanted(jobId, why);
    }

    /** When to look again for a job of the pair's ended claims, or null if none can appear any more. */
    public Duration watch(PairStatus pair) {
        return pair.late(clock.instant()).isEmpty() ? null : settings.jobCheck();
    }

    /** The pair without its claim, whose job matters to nobody. */
    public PairStatus released(PairStatus pair) {
        return pair.released(pair.progress().retry(), pair.progress().history(), clock.instant());
    }

    /** A queue that does not answer hinders the job's own pairs alone. */
    private List<? extends JobOutcome> tryToFollow(
            List<PairStatus> pairs, Jobs jobs, Predicate<List<PairStatus>> maySubmit) {
        Claim claim = pairs.get(0).claim();
        if (claim.jobId() == null) {
            return followUnrecorded(pairs, maySubmit);
        }
        String fault = jobs.fault();
        if (fault == null) {
            try {
                return followRecorded(pairs, jobs.known().get(claim.jobId()));
            } catch (PortException e) {
                fault = e.getMessage();
            }
        }
        ledger.seen(pairs);
        return live(pairs, "job " + claim.jobId() + " cannot be checked: " + fault);
    }

    private Jobs describe(Collection<List<PairStatus>> claims) {
        Set<String> ids = new TreeSet<>();
        claims.stream()
                .map(pairs -> pairs.get(0).claim().jobId())
                .filter(id -> id != null)
                .forEach(ids::add);
        try {
            return new Jobs(ids.isEmpty() ? Map.of() : queue.describe(ids), null);
        } catch (PortException e) {
            return new Jobs(Map.of(), e.getMessage());
        }
    }

    private List<? extends JobOutcome> followUnrecorded(List<PairStatus> pairs, Predicate<List<PairStatus>> maySubmit) {
        ledger.seen(pairs);
        return ledger.ageForGrace(pairs.get(0).claim()).compareTo(settings.grace()) < 0
                ? submission.waiting(pairs, "its job is being submitted")
                : takeOver(pairs, maySubmit);
    }

    private List<? extends JobOutcome> followRecorded(List<PairStatus> pairs, CopyJob job) {
        if (job == null) {
            return unseen(pairs);
        }
        return job.state().isEnded() ? ended(pairs, job) : running(pairs, job);
    }

    /** Whoever claimed did not record a job: make the claim ours, look for the job, else submit the same again. */
    private List<? extends JobOutcome> takeOver(List<PairStatus> pairs, Predicate<List<PairStatus>> maySubmit) {
        Claim claim = pairs.get(0).claim().takenOverBy(settings.claimant(), clock.instant());
        List<PairStatus> ours =
                pairs.stream().map(pair -> pair.withClaim(claim)).toList();
        if (!ledger.takeOver(ours)) {
            throw new StaleException("claim " + claim.id());
        }
        LOG.warn("took over claim {} (epoch {}): no job id was recorded", claim.id(), claim.epoch());
        List<PairStatus> stored =
                ours.stream().map(pair -> pair.at(pair.version() + 1)).toList();
        List<CopyJob> found = find(claim);
        if (!found.isEmpty()) {
            return adopt(stored, found);
        }
        return maySubmit.test(stored) ? submission.submit(stored) : gone(stored, null, null);
    }

    private List<? extends JobOutcome> adopt(List<PairStatus> pairs, List<CopyJob> found) {
        Claim claim = pairs.get(0).claim();
        String oldest = found.get(0).id();
        LOG.warn("adopted job {} of claim {}", oldest, claim.id());
        endDuplicates(found, oldest);
        return submission.recorded(pairs, oldest);
    }

    /** One list that lacks the job does not say that it is gone: it may lag behind the submission. */
    private List<? extends JobOutcome> unseen(List<PairStatus> pairs) {
        Claim claim = pairs.get(0).claim();
        List<CopyJob> found = find(claim);
        for (CopyJob job : found) {
            if (job.id().equals(claim.jobId())) {
                return job.state().isEnded() ? ended(pairs, job) : running(pairs, job);
            }
        }
        if (found.stream().anyMatch(job -> !job.state().isEnded())) {
            return adopt(pairs, found);
        }
        return hasSettled(claim)
                ? gone(pairs, null, null)
                : live(pairs, "the queue does not list job " + claim.jobId() + " yet, or another process runs it");
    }

    /** Whether the queue has had the time to show the claim's job; other machines' clocks need more than it does. */
    private boolean hasSettled(Claim claim) {
        Duration settling = queue.settling(claim.jobId());
        Duration age = ledger.ageForGrace(claim);
        boolean isGraceOver = !settings.isOneShot() || settling.isZero() || age.compareTo(settings.grace()) >= 0;
        return isGraceOver && age.compareTo(settling) >= 0;
    }

    private List<? extends JobOutcome> ended(List<PairStatus> pairs, CopyJob job) {
        Claim claim = pairs.get(0).claim();
        // only a claim that was taken over may have been submitted more than once
        String duplicates = claim.epoch() == 1 ? null : endDuplicates(find(claim), job.id());
        if (duplicates != null) {
            return live(pairs, duplicates);
        }
        try {
            return gone(pairs, job, queue.report(job).orElse(null));
        } catch (PortException e) {
            if (isLongAgo(job)) {
                LOG.warn("treating job {} as ended without a report: {}", job.id(), e.getMessage());
                return gone(pairs, job, null);
            }
            return live(pairs, "job " + job.id() + " ended; its report cannot be read yet: " + e.getMessage());
        }
    }

    private boolean isLongAgo(CopyJob job) {
        return job.stoppedAt() == null
                || clock.instant().isAfter(job.stoppedAt().plus(REPORT_PATIENCE));
    }

    private List<? extends JobOutcome> running(List<PairStatus> pairs, CopyJob job) {
        ledger.seen(pairs);
        String fault = endIfOverdue(pairs.get(0).claim(), job);
        return live(pairs, "job " + job.id() + ": " + job.detail() + (fault == null ? "" : "; " + fault));
    }

    private List<JobOutcome.Live> live(List<PairStatus> pairs, String message) {
        return pairs.stream()
                .map(pair -> new JobOutcome.Live(pair, message, settings.jobCheck()))
                .toList();
    }

    private static List<JobOutcome.Ended> gone(List<PairStatus> pairs, CopyJob job, JobReport report) {
        return pairs.stream()
                .map(pair -> new JobOutcome.Ended(pair, job, report))
                .toList();
    }

    private List<CopyJob> find(Claim claim) {
        return queue.findByName(claim.job().queue(), claim.jobName());
    }

    /** Says what is waited for, or null if no duplicate is alive. */
    private String endDuplicates(List<CopyJob> found, String adopted) {
        String waiting = null;
        for (CopyJob job : found) {
            if (!job.id().equals(adopted) && !job.state().isEnded()) {
                String fault = ender.end(job.id(), "duplicate of job " + adopted);
                waiting = fault != null ? fault : "terminating duplicate job " + job.id();
            }
        }
        return waiting;
    }

    /** What hinders the end of a job that takes too long, or null. */
    private String endIfOverdue(Claim claim, CopyJob job) {
        Instant now = clock.instant().minus(CLOCKS_APART);
        boolean neverStarted = job.startedAt() == null
                && job.createdAt() != null
                && now.isAfter(job.createdAt().plus(settings.deadlines().start()));
        boolean tooLong = job.startedAt() != null
                && now.isAfter(job.startedAt().plusSeconds(claim.job().deadlineSeconds()));
        if (!neverStarted && !tooLong) {
            return null;
        }
        return ender.end(job.id(), neverStarted ? "did not start in time" : "past its deadline");
    }
}
