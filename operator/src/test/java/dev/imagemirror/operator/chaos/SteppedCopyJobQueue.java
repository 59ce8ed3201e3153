package dev.imagemirror.operator.chaos;

import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.port.CopyJobQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A queue whose calls are stepped, but for those that tell of settings and ask nobody. */
record SteppedCopyJobQueue(CopyJobQueue target, SteppedPorts steps) implements CopyJobQueue {
    @Override
    public String queue() {
        return target.queue();
    }

    @Override
    public String definition() {
        return target.definition();
    }

    @Override
    public Submission submit(String jobName, CopyJobSpec job) {
        return steps.submit(jobName, job, () -> target.submit(jobName, job));
    }

    @Override
    public Duration settling(String jobId) {
        return target.settling(jobId);
    }

    @Override
    public Map<String, CopyJob> describe(Collection<String> jobIds) {
        return steps.call("describe", () -> target.describe(jobIds));
    }

    @Override
    public List<CopyJob> findByName(String queue, String jobName) {
        return steps.call("findByName", () -> target.findByName(queue, jobName));
    }

    @Override
    public void terminate(String jobId, String reason) {
        steps.run("terminate", () -> target.terminate(jobId, reason));
    }

    @Override
    public Optional<JobReport> report(CopyJob job) {
        return steps.call("report", () -> target.report(job));
    }
}
