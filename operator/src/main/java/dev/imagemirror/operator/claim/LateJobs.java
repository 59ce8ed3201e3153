package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.EndedClaim;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.engine.LogLimit;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.PortException;
import java.time.Clock;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Terminates jobs that appear after their claims have ended: nobody follows them, and their image may be outdated. */
final class LateJobs {
    private static final Logger LOG = LoggerFactory.getLogger(LateJobs.class);

    private final CopyJobQueue jobs;
    private final JobEnder ender;
    private final Clock clock;
    private final LogLimit failures = new LogLimit(System::nanoTime);

    LateJobs(CopyJobQueue jobs, JobEnder ender, Clock clock) {
        this.jobs = jobs;
        this.ender = ender;
        this.clock = clock;
    }

    /** Searches for late jobs of all ended claims of the pairs; failures are retried in the next pass. */
    void end(Collection<PairStatus> pairs) {
        pairs.stream()
                .flatMap(pair -> pair.late(clock.instant()).stream())
                .distinct()
                .forEach(this::end);
    }

    private void end(EndedClaim ended) {
        try {
            jobs.findByName(ended.queue(), ended.jobName()).stream()
                    .filter(job -> !job.state().isEnded())
                    .forEach(this::end);
        } catch (PortException e) {
            failures.happened(
                    1,
                    more -> LOG.warn(
                            "cannot search for jobs {} of an ended claim: {}{}",
                            ended.jobName(),
                            e.getMessage(),
                            more));
        }
    }

    private void end(CopyJob job) {
        LogContext.ofJob(job.id(), () -> ender.end(job.id(), "its claim has ended"));
    }
}
