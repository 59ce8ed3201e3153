package dev.imagemirror.operator.wiring;

import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.port.CopyJobQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The queue of commands that only read tables: using it is a bug. */
final class NoCopyJobs implements CopyJobQueue {
    @Override
    public String queue() {
        throw opened();
    }

    @Override
    public String definition() {
        throw opened();
    }

    @Override
    public Submission submit(String jobName, CopyJobSpec job) {
        throw opened();
    }

    @Override
    public Duration settling(String jobId) {
        throw opened();
    }

    @Override
    public Map<String, CopyJob> describe(Collection<String> jobIds) {
        throw opened();
    }

    @Override
    public List<CopyJob> findByName(String queue, String jobName) {
        throw opened();
    }

    @Override
    public void terminate(String jobId, String reason) {
        throw opened();
    }

    @Override
    public Optional<JobReport> report(CopyJob job) {
        throw opened();
    }

    private static IllegalStateException opened() {
        return new IllegalStateException("the adapters were opened without a job queue");
    }
}
