package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.engine.LogLimit;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.PortException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Ends jobs that nobody needs; one that cannot be ended hinders nothing else, and is met again by the next pass. Thread-safe. */
final class JobEnder {
    private static final Logger LOG = LoggerFactory.getLogger(JobEnder.class);

    private final CopyJobQueue jobs;
    private final LogLimit failures = new LogLimit(System::nanoTime);

    JobEnder(CopyJobQueue jobs) {
        this.jobs = jobs;
    }

    /**
     * Has a job ended; gives what hinders that.
     *
     * @param why shown as the reason of the job's end
     */
    Optional<String> end(String jobId, String why) {
        return end(jobId, why, Level.WARN);
    }

    /** The same for a job that is fine, but not wanted any more. */
    Optional<String> endUnwanted(String jobId, String why) {
        return end(jobId, why, Level.INFO);
    }

    private Optional<String> end(String jobId, String why, Level level) {
        try {
            jobs.terminate(jobId, why);
            LOG.atLevel(level).log("terminating job {}: {}", jobId, why);
            return Optional.empty();
        } catch (PortException e) {
            failures.happened(1, more -> LOG.warn("cannot terminate job {}: {}{}", jobId, e.getMessage(), more));
            return Optional.of("cannot terminate job " + jobId + ": " + e.getMessage());
        }
    }
}
