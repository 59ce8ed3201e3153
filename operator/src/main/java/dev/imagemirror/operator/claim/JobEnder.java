package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.engine.LogLimit;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.PortException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Terminates unneeded jobs. A failure to do so blocks nothing else; the next pass retries it. Thread-safe. */
final class JobEnder {
    private static final Logger LOG = LoggerFactory.getLogger(JobEnder.class);

    private final CopyJobQueue jobs;
    private final LogLimit failures = new LogLimit(System::nanoTime);

    JobEnder(CopyJobQueue jobs) {
        this.jobs = jobs;
    }

    /**
     * Terminates a job; returns what prevents that, if anything.
     *
     * @param why the reason shown for the job's end
     */
    Optional<String> end(String jobId, String why) {
        return end(jobId, why, Level.WARN);
    }

    /** The same for a healthy job that is no longer wanted. */
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
