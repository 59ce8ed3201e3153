package dev.imagemirror.operator.reconcile.dry;

import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.port.CopyJobQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Shows a queue's jobs, and accepts jobs without running them. Thread-safe. */
final class DryJobQueue implements CopyJobQueue {
    private final CopyJobQueue real;
    private final Set<String> submitted = ConcurrentHashMap.newKeySet();

    DryJobQueue(CopyJobQueue real) {
        this.real = real;
    }

    /** True if a job of this name was accepted. */
    boolean took(String jobName) {
        return submitted.contains(jobName);
    }

    @Override
    public String queue() {
        return real.queue();
    }

    @Override
    public String definition() {
        return real.definition();
    }

    @Override
    public Duration settling(String jobId) {
        return real.settling(jobId);
    }

    @Override
    public Submission submit(String jobName, CopyJobSpec job) {
        submitted.add(jobName);
        return new Submission.Accepted("(dry run)");
    }

    @Override
    public Map<String, CopyJob> describe(Collection<String> jobIds) {
        return real.describe(jobIds);
    }

    @Override
    public List<CopyJob> findByName(String queue, String jobName) {
        return real.findByName(queue, jobName);
    }

    @Override
    public void terminate(String jobId, String reason) {
        // a dry run terminates nothing
    }

    @Override
    public Optional<JobReport> report(CopyJob job) {
        return real.report(job);
    }
}
