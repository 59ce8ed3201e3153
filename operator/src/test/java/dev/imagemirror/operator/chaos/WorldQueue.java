package dev.imagemirror.operator.chaos;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.port.CopyJobQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A queue whose jobs land, start, copy and end as time goes by; its answers may be lost, and its lists lag. */
final class WorldQueue implements CopyJobQueue {
    /** Longest time that a list lacks a job that has landed. */
    static final int MAX_LAG_SECONDS = 20;

    /** Longest time after its submission that a job lands. */
    static final int MAX_LATE_SECONDS = 360;

    /** A job that is terminated goes on for so long. */
    static final int TERMINATION_SECONDS = 10;

    /** What becomes of a submission. */
    enum Answer {
        ACCEPTED,
        REFUSED,
        LANDS_UNANSWERED,
        LANDS_LATE,
        NEVER_LANDS
    }

    /**
     * A submission's fate.
     *
     * @param lateBy seconds after which the job lands, if late
     */
    record Landing(Answer answer, int lateBy) {
        static final Landing AT_ONCE = new Landing(Answer.ACCEPTED, 0);
    }

    /**
     * A submission.
     *
     * @param sender the process that sent it, or null
     */
    record Sent(String name, CopyJobSpec spec, String sender) {}

    private final Clock clock;
    private final WorldRegistries registries;
    private final List<WorldJob> jobs = new ArrayList<>();
    private Supplier<Landing> landings = () -> Landing.AT_ONCE;
    private Supplier<WorldJob.Fate> fates = () -> new WorldJob.Fate(0, 10, 60, WorldJob.End.COPIES);
    private String current = "queue-1";
    private int submitted;

    WorldQueue(Clock clock, WorldRegistries registries) {
        this.clock = clock;
        this.registries = registries;
    }

    void landings(Supplier<Landing> next) {
        landings = next;
    }

    void fates(Supplier<WorldJob.Fate> next) {
        fates = next;
    }

    /** New jobs go to this queue: the configuration was changed. */
    void use(String queue) {
        current = queue;
    }

    /** All jobs that may write now. */
    List<WorldJob> alive() {
        return jobs.stream().filter(WorldJob::isAlive).toList();
    }

    List<WorldJob> jobs() {
        return jobs;
    }

    /** True if a job has still to land. */
    boolean isAwaited() {
        return jobs.stream().anyMatch(job -> !job.landed);
    }

    int submitted() {
        return submitted;
    }

    /** A submission that was on its way when its process ended, or that was sent by hand. */
    void sent(Sent sent, int lateBy) {
        add(sent, lateBy);
        elapse();
    }

    /** Lets happen what the clock says. */
    void elapse() {
        Instant now = clock.instant();
        jobs.forEach(job -> elapse(job, now));
        jobs.removeIf(job -> job.vanished || (job.state.isEnded() && now.isAfter(job.stoppedAt.plusSeconds(86_400))));
    }

    private void elapse(WorldJob job, Instant now) {
        if (job.submitter != null && job.submitter.isEnded()) {
            job.submitter = null;
        }
        job.landed |= !now.isBefore(job.landsAt);
        Instant starts = job.landsAt.plusSeconds(job.fate.startsAfter());
        if (job.landed && job.state == CopyJob.State.PENDING && !now.isBefore(starts)) {
            job.state = CopyJob.State.RUNNING;
            job.startedAt = starts;
        }
        if (job.state == CopyJob.State.RUNNING && !now.isBefore(starts.plusSeconds(job.fate.runsFor()))) {
            end(job, starts.plusSeconds(job.fate.runsFor()));
        } else if (job.isAlive() && job.endsAt != null && !now.isBefore(job.endsAt)) {
            job.state = CopyJob.State.FAILED;
            job.stoppedAt = job.endsAt;
        }
    }

    private void end(WorldJob job, Instant at) {
        job.stoppedAt = at;
        job.vanished = job.fate.end() == WorldJob.End.IS_FORGOTTEN;
        boolean copies =
                job.fate.end() == WorldJob.End.COPIES || job.fate.end() == WorldJob.End.COPIES_AND_LOSES_ITS_REPORT;
        job.state = copies ? CopyJob.State.SUCCEEDED : CopyJob.State.FAILED;
        if (copies) {
            ImageReference source = ImageReference.parse(job.spec.parameters().get(CopyJobSpec.SOURCE));
            destinations(job.spec).forEach(to -> registries.put(to, source.digest()));
        }
    }

    static Stream<String> destinations(CopyJobSpec spec) {
        return Stream.of(spec.parameters().get(CopyJobSpec.DESTINATIONS).split(",", -1));
    }

    @Override
    public String queue() {
        return current;
    }

    @Override
    public String definition() {
        return "definition";
    }

    @Override
    public Duration settling(String jobId) {
        return Duration.ofSeconds(MAX_LAG_SECONDS);
    }

    @Override
    public Submission submit(String jobName, CopyJobSpec job) {
        Landing landing = landings.get();
        SteppedWork sender = SteppedWork.current();
        Sent sent = new Sent(jobName, job, sender == null ? null : sender.toString());
        return switch (landing.answer()) {
            case REFUSED -> new Submission.Refused("told to refuse");
            case NEVER_LANDS -> new Submission.Unanswered("told to be lost");
            case ACCEPTED -> new Submission.Accepted(add(sent, 0));
            case LANDS_UNANSWERED -> unanswered(sent, 0);
            case LANDS_LATE -> unanswered(sent, landing.lateBy());
        };
    }

    private Submission unanswered(Sent sent, int lateBy) {
        add(sent, lateBy);
        return new Submission.Unanswered("told not to answer");
    }

    private String add(Sent sent, int lateBy) {
        Instant now = clock.instant();
        WorldJob job = new WorldJob("job-" + ++submitted, sent, fates.get(), now, now.plusSeconds(lateBy));
        job.submitter = SteppedWork.current();
        job.landed = lateBy == 0;
        jobs.add(job);
        return job.id;
    }

    @Override
    public Map<String, CopyJob> describe(Collection<String> jobIds) {
        Map<String, CopyJob> found = new LinkedHashMap<>();
        shown().filter(job -> jobIds.contains(job.id)).forEach(job -> found.put(job.id, job.seen()));
        return found;
    }

    @Override
    public List<CopyJob> findByName(String queue, String jobName) {
        return shown().filter(
                        job -> job.name.equals(jobName) && job.spec.queue().equals(queue))
                .map(WorldJob::seen)
                .toList();
    }

    private Stream<WorldJob> shown() {
        return jobs.stream().filter(job -> job.isShown(clock.instant()));
    }

    @Override
    public void terminate(String jobId, String reason) {
        jobs.stream().filter(job -> job.id.equals(jobId) && job.isAlive()).forEach(job -> {
            job.terminated = true;
            if (job.endsAt == null) {
                job.endsAt = clock.instant().plusSeconds(TERMINATION_SECONDS);
            }
        });
    }

    @Override
    public Optional<JobReport> report(CopyJob job) {
        return jobs.stream()
                .filter(known -> known.id.equals(job.id()) && known.fate.end() == WorldJob.End.COPIES)
                .filter(known -> known.state == CopyJob.State.SUCCEEDED)
                .findFirst()
                .map(known -> new JobReport(destinations(known.spec)
                        .map(to -> new JobReport.Outcome(ImageReference.parse(to), "copied", 1000, null, null, null))
                        .toList()));
    }
}
