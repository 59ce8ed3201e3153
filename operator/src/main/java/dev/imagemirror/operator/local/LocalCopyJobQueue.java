package dev.imagemirror.operator.local;

import dev.imagemirror.copy.CopyRequest;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.text.Span;
import dev.imagemirror.thread.DaemonThreads;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs copy jobs in this process, a bounded number at a time, in submission order. Queued and running jobs are lost
 * when the process ends. Thread-safe.
 */
public final class LocalCopyJobQueue implements CopyJobQueue, AutoCloseable {
    /** The only queue. */
    public static final String QUEUE = "local";
    /** The only definition. */
    public static final String DEFINITION = "mirror";

    /** Longer than any job's time in queue plus run time; also bounds the wait for a hung process. */
    private static final Duration OF_ANOTHER_PROCESS = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(LocalCopyJobQueue.class);

    private final LocalProcess self = LocalProcess.current();
    private final LocalSettings settings;
    private final Clock clock;
    private final LocalJobRunner runner;
    private final LocalJobs jobs;
    private final ExecutorService executor;
    private int lastNumber;
    private boolean closed;

    /** Creates an empty queue. */
    public LocalCopyJobQueue(LocalCopier copier, LocalSettings settings, Clock clock, Alarm deadlines) {
        this.settings = settings;
        this.clock = clock;
        this.jobs = new LocalJobs(settings.endedJobsKept());
        this.runner = new LocalJobRunner(copier, deadlines, jobs);
        this.executor = Executors.newFixedThreadPool(settings.jobsAtOnce(), new DaemonThreads("copy-job"));
    }

    @Override
    public String queue() {
        return QUEUE;
    }

    /**
     * Jobs live in the process that accepted them: another process's jobs are invisible here, and it tracks them itself
     * while alive; those of a dead process are gone.
     */
    @Override
    public Duration settling(String jobId) {
        return LocalProcess.ofJob(jobId)
                .filter(process -> !process.equals(self) && process.isAlive())
                .map(process -> OF_ANOTHER_PROCESS)
                .orElse(Duration.ZERO);
    }

    @Override
    public String definition() {
        return DEFINITION;
    }

    @Override
    public synchronized Submission submit(String jobName, CopyJobSpec job) {
        if (closed) {
            return new Submission.Refused("the operator is shutting down");
        }
        if (!job.queue().equals(QUEUE) || !job.definition().equals(DEFINITION)) {
            return new Submission.Refused("jobs of queue " + job.queue() + " and definition " + job.definition()
                    + " do not run here; this is queue " + QUEUE + " and definition " + DEFINITION);
        }
        try {
            CopyRequest request = LocalRequest.of(job);
            return new Submission.Accepted(accept(jobName, request, Duration.ofSeconds(job.deadlineSeconds())));
        } catch (IllegalArgumentException e) {
            return new Submission.Refused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Map<String, CopyJob> describe(Collection<String> jobIds) {
        Map<String, CopyJob> found = new LinkedHashMap<>();
        for (String id : new LinkedHashSet<>(jobIds)) {
            LocalJob job = jobs.get(id);
            if (job != null) {
                found.put(id, job.seen());
            }
        }
        return found;
    }

    @Override
    public List<CopyJob> findByName(String queue, String jobName) {
        if (!queue.equals(QUEUE)) {
            return List.of();
        }
        return jobs.all().stream()
                .map(LocalJob::seen)
                .filter(job -> job.name().equals(jobName))
                .toList();
    }

    /** The job ends soon afterwards, reporting what it had done so far. */
    @Override
    public void terminate(String jobId, String reason) {
        LocalJob job = jobs.get(jobId);
        if (job != null) {
            job.stop(reason);
        }
    }

    @Override
    public Optional<JobReport> report(CopyJob job) {
        return Optional.ofNullable(jobs.get(job.id())).map(LocalJob::report);
    }

    /** Progress of every known job, oldest first. */
    public List<JobProgress> progress() {
        return jobs.all().stream().map(LocalJob::howFar).toList();
    }

    /** Rejects new jobs, ends queued ones, stops running ones and waits for them, up to a limit. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        executor.shutdown();
        List<LocalJob> waitingFirst = jobs.all();
        Collections.reverse(waitingFirst); // queued jobs first, or they would start in place of stopped ones
        waitingFirst.forEach(job -> job.stop("the operator is shutting down"));
        try {
            if (!executor.awaitTermination(settings.stopTime().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "Some copies have not stopped within {}; they will end with the process",
                        Span.of(settings.stopTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String accept(String jobName, CopyRequest request, Duration deadline) {
        LocalJob job = new LocalJob(self.jobId(jobName, ++lastNumber), jobName, request, deadline, clock);
        jobs.add(job);
        executor.execute(() -> runner.run(job));
        return job.id();
    }
}
