package dev.imagemirror.operator.testing;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.PortException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A queue whose jobs stay pending until a test starts or ends them, or they are terminated. What becomes of the next
 * submissions can be told beforehand. All methods may be called from any thread.
 */
public final class TestingCopyJobQueue implements CopyJobQueue {
    /** {@link #queue} of this one. */
    public static final String QUEUE = "testing-queue";
    /** {@link #definition} of this one. */
    public static final String DEFINITION = "testing-definition";

    /** What becomes of a submission that gets no answer. */
    public enum Landing {
        /** The queue has the job at once. */
        LANDS,
        /** The queue never has the job. */
        NEVER,
        /** The queue has the job from the next {@link #landLate} on. */
        LATE
    }

    /** A call of {@link CopyJobQueue#submit}, whatever became of it. */
    public record SubmitCall(String jobName, CopyJobSpec job, Submission answer) {}

    /** A call of {@link CopyJobQueue#terminate}. */
    public record TerminateCall(String jobId, String reason) {}

    private interface Reply {
        Submission to(String jobName, CopyJobSpec job);
    }

    private Duration settling = Duration.ZERO;
    private final Clock clock;
    private final Map<String, TestingCopyJob> jobs = new LinkedHashMap<>();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Runnable> late = new ArrayList<>();
    private final List<SubmitCall> submitCalls = new ArrayList<>();
    private final List<TerminateCall> terminateCalls = new ArrayList<>();
    private Runnable beforeNextSubmit = () -> {};
    private boolean reachable = true;
    private boolean hidden;
    private boolean denied;
    private boolean terminatesAtOnce = true;
    private int lastNumber;

    /** An empty queue; {@code clock} tells when jobs are submitted, start and end. */
    public TestingCopyJobQueue(Clock clock) {
        this.clock = clock;
    }

    /** The next submission that has no other answer yet is refused. */
    public synchronized void refuseNext(String message) {
        replies.add((jobName, job) -> new Submission.Refused(message));
    }

    /** The next submission that has no other answer yet is not answered. */
    public synchronized void doNotAnswerNext(Landing landing) {
        replies.add((jobName, job) -> {
            switch (landing) {
                case LANDS -> land(jobName, job);
                case LATE -> late.add(() -> land(jobName, job));
                case NEVER -> {}
            }
            return new Submission.Unanswered("told not to answer");
        });
    }

    /** The jobs of submissions that were to land late are there now. */
    public synchronized void landLate() {
        late.forEach(Runnable::run);
        late.clear();
    }

    /** Runs once, on the submitting thread, when the next submission begins: for what happens meanwhile. */
    public synchronized void beforeNextSubmit(Runnable hook) {
        beforeNextSubmit = hook;
    }

    /** While not reachable, every method but {@code submit}, which gets no answer, throws {@link PortException}. */
    public synchronized void reachable(boolean now) {
        reachable = now;
    }

    /** If not, terminated jobs go on until a test ends them. */
    public synchronized void terminatesAtOnce(boolean now) {
        terminatesAtOnce = now;
    }

    /** While so, the queue shows no job of this id or name: its answers lag behind. */
    public synchronized void hide(boolean now) {
        hidden = now;
    }

    /** While so, jobs can be neither ended nor read the report of, as where a permission lacks. */
    public synchronized void denied(boolean now) {
        denied = now;
    }

    /** Adds a job as if someone else had submitted it, and gives its id. */
    public synchronized String land(String jobName, CopyJobSpec job) {
        String id = "job-" + ++lastNumber;
        jobs.put(id, new TestingCopyJob(id, jobName, job, clock.instant()));
        return id;
    }

    /** The job runs from now on. */
    public synchronized void start(String jobId) {
        job(jobId).start(clock.instant());
    }

    /** The job ends well, with a report that says so of each destination. */
    public synchronized void succeed(String jobId) {
        List<JobReport.Outcome> outcomes = Stream.of(
                        spec(jobId).parameters().get(CopyJobSpec.DESTINATIONS).split(","))
                .map(destination ->
                        new JobReport.Outcome(ImageReference.parse(destination), "copied", 1000, null, null, null))
                .toList();
        succeed(jobId, new JobReport(outcomes));
    }

    /** The job ends well. */
    public synchronized void succeed(String jobId, JobReport report) {
        job(jobId).end(CopyJob.State.SUCCEEDED, "SUCCEEDED", clock.instant(), report);
    }

    /** The job fails and leaves no report, as one that is killed does. */
    public synchronized void fail(String jobId, String detail) {
        fail(jobId, detail, null);
    }

    /** The job fails; {@code report} may be null. */
    public synchronized void fail(String jobId, String detail, JobReport report) {
        job(jobId).end(CopyJob.State.FAILED, detail, clock.instant(), report);
    }

    /** The queue no longer knows the job. */
    public synchronized void forget(String jobId) {
        job(jobId);
        jobs.remove(jobId);
    }

    /** Every call of {@link #submit}, in order. */
    public synchronized List<SubmitCall> submitCalls() {
        return List.copyOf(submitCalls);
    }

    /** Every call of {@link #terminate}, in order. */
    public synchronized List<TerminateCall> terminateCalls() {
        return List.copyOf(terminateCalls);
    }

    /** Every job that the queue knows, oldest first. */
    public synchronized List<CopyJob> jobs() {
        return jobs.values().stream().map(TestingCopyJob::seen).toList();
    }

    /** What the job was submitted with. */
    public synchronized CopyJobSpec spec(String jobId) {
        return job(jobId).spec();
    }

    /** For so long a job may be missing from what is shown. */
    public void settling(Duration duration) {
        settling = duration;
    }

    @Override
    public String queue() {
        return QUEUE;
    }

    @Override
    public Duration settling(String jobId) {
        return settling;
    }

    @Override
    public String definition() {
        return DEFINITION;
    }

    @Override
    public Submission submit(String jobName, CopyJobSpec job) {
        takeHook().run(); // without the lock, as it may wait for other threads
        synchronized (this) {
            Submission answer = answer(jobName, job);
            submitCalls.add(new SubmitCall(jobName, job, answer));
            return answer;
        }
    }

    @Override
    public synchronized Map<String, CopyJob> describe(Collection<String> jobIds) {
        checkReachable();
        Map<String, CopyJob> found = new LinkedHashMap<>();
        if (hidden) {
            return found;
        }
        jobIds.stream().filter(jobs::containsKey).forEach(id -> found.put(id, job(id).seen()));
        return found;
    }

    @Override
    public synchronized List<CopyJob> findByName(String queue, String jobName) {
        checkReachable();
        if (hidden) {
            return List.of();
        }
        return jobs.values().stream()
                .filter(job -> job.spec().queue().equals(queue))
                .map(TestingCopyJob::seen)
                .filter(job -> job.name().equals(jobName))
                .toList();
    }

    @Override
    public synchronized void terminate(String jobId, String reason) {
        checkReachable();
        checkAllowed();
        terminateCalls.add(new TerminateCall(jobId, reason));
        TestingCopyJob job = jobs.get(jobId);
        if (job != null && terminatesAtOnce && !job.seen().state().isEnded()) {
            job.end(CopyJob.State.FAILED, "FAILED: " + reason, clock.instant(), null);
        }
    }

    @Override
    public synchronized Optional<JobReport> report(CopyJob job) {
        checkReachable();
        checkAllowed();
        return Optional.ofNullable(jobs.get(job.id())).flatMap(TestingCopyJob::report);
    }

    private synchronized Runnable takeHook() {
        Runnable hook = beforeNextSubmit;
        beforeNextSubmit = () -> {};
        return hook;
    }

    private Submission answer(String jobName, CopyJobSpec job) {
        if (!reachable) {
            return new Submission.Unanswered("the queue is not reachable");
        }
        Reply reply = replies.poll();
        return reply == null ? new Submission.Accepted(land(jobName, job)) : reply.to(jobName, job);
    }

    private TestingCopyJob job(String jobId) {
        TestingCopyJob job = jobs.get(jobId);
        if (job == null) {
            throw new IllegalArgumentException("there is no job " + jobId + " but " + jobs.keySet());
        }
        return job;
    }

    private void checkAllowed() {
        if (denied) {
            throw new PortException("not authorized", new IOException("told to deny"));
        }
    }

    private void checkReachable() {
        if (!reachable) {
            throw new PortException("the job queue does not answer", new IOException("told to be out of reach"));
        }
    }
}
