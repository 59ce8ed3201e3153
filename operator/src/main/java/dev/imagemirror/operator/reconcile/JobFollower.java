package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.domain.PairStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what became of the jobs that were claimed before a pass, and takes over claims that others left behind. */
final class JobFollower {
    private static final Logger LOG = LoggerFactory.getLogger(JobFollower.class);

    private final Ports ports;
    private final ReconcilerSettings settings;
    private final JobSubmission submission;
    private final Admission admission;
    private final ClaimAges ages;
    private final Clock clock;

    JobFollower(
            Ports ports,
            ReconcilerSettings settings,
            JobSubmission submission,
            Admission admission,
            ClaimAges ages,
            Clock clock) {
        this.ports = ports;
        this.settings = settings;
        this.submission = submission;
        this.admission = admission;
        this.ages = ages;
        this.clock = clock;
    }

    /**
     * Follows every claim of the pairs; those without one are left out.
     *
     * @param areWanted false if no job shall be submitted for them any more
     */
    Map<ImageReference, Followed> follow(Collection<PairStatus> pairs, boolean areWanted) {
        Map<String, List<PairStatus>> claims = pairs.stream()
                .filter(pair -> pair.claim() != null)
                .collect(Collectors.groupingBy(pair -> pair.claim().id(), LinkedHashMap::new, Collectors.toList()));
        Map<String, CopyJob> jobs = describe(claims.values());
        Map<ImageReference, Followed> followed = new HashMap<>();
        claims.values()
                .forEach(claimed -> follow(claimed, jobs, areWanted)
                        .forEach(each -> followed.put(each.pair().destination(), each)));
        return followed;
    }

    private Map<String, CopyJob> describe(Collection<List<PairStatus>> claims) {
        Set<String> ids = new TreeSet<>();
        claims.stream()
                .map(pairs -> pairs.get(0).claim().jobId())
                .filter(id -> id != null)
                .forEach(ids::add);
        return ids.isEmpty() ? Map.of() : ports.jobs().describe(ids);
    }

    private List<? extends Followed> follow(List<PairStatus> pairs, Map<String, CopyJob> jobs, boolean areWanted) {
        Claim claim = pairs.get(0).claim();
        if (claim.jobId() == null) {
            admission.claimed(pairs.get(0));
            return ages.forGrace(claim).compareTo(settings.grace()) < 0
                    ? submission.waiting(pairs, "its job is being submitted")
                    : takeOver(pairs, areWanted);
        }
        CopyJob job = jobs.get(claim.jobId());
        if (job == null || job.state().isEnded()) {
            endDuplicates(claim, claim.jobId());
            JobReport report = job == null ? null : ports.jobs().report(job).orElse(null);
            return pairs.stream()
                    .map(pair -> new Followed.Ended(pair, job, report))
                    .toList();
        }
        admission.claimed(pairs.get(0));
        endIfOverdue(claim, job);
        String message = "job " + job.id() + ": " + job.detail();
        return pairs.stream()
                .map(pair -> new Followed.Live(pair, message, settings.jobCheck()))
                .toList();
    }

    /** Whoever claimed did not record a job: make the claim ours, look for the job, else submit the same again. */
    private List<? extends Followed> takeOver(List<PairStatus> pairs, boolean areWanted) {
        Claim claim = pairs.get(0).claim().takenOverBy(settings.claimant(), clock.instant());
        List<PairStatus> ours =
                pairs.stream().map(pair -> pair.withClaim(claim)).toList();
        if (!ports.statuses().change(ours)) {
            throw new StaleException("claim " + claim.id());
        }
        LOG.warn("took over claim {} (epoch {}), whose job was not recorded", claim.id(), claim.epoch());
        ages.of(claim);
        List<PairStatus> stored =
                ours.stream().map(pair -> pair.at(pair.version() + 1)).toList();
        List<CopyJob> found = ports.jobs().findByName(claim.job().queue(), claim.jobName());
        if (found.isEmpty()) {
            return areWanted
                    ? submission.submit(stored)
                    : stored.stream()
                            .map(pair -> new Followed.Ended(pair, null, null))
                            .toList();
        }
        String adopted = found.get(0).id();
        LOG.warn("adopted job {} of claim {}", adopted, claim.id());
        endDuplicates(claim, adopted);
        return submission.recorded(stored, adopted);
    }

    /** Only a claim that was taken over may have been submitted more than once. */
    private void endDuplicates(Claim claim, String adopted) {
        if (claim.epoch() == 1) {
            return;
        }
        for (CopyJob job : ports.jobs().findByName(claim.job().queue(), claim.jobName())) {
            if (!job.id().equals(adopted) && !job.state().isEnded()) {
                LOG.warn("job {} is a duplicate of {}: ending it", job.id(), adopted);
                ports.jobs().terminate(job.id(), "a duplicate of job " + adopted);
            }
        }
    }

    private void endIfOverdue(Claim claim, CopyJob job) {
        Instant now = clock.instant();
        boolean neverStarted = job.startedAt() == null
                && job.createdAt() != null
                && now.isAfter(job.createdAt().plus(settings.startLimit()));
        boolean tooLong = job.startedAt() != null
                && now.isAfter(job.startedAt().plusSeconds(claim.job().deadlineSeconds()));
        if (neverStarted || tooLong) {
            LOG.warn("job {} {}: ending it", job.id(), neverStarted ? "does not start" : "is past its deadline");
            ports.jobs().terminate(job.id(), neverStarted ? "did not start in time" : "past its deadline");
        }
    }
}
