package dev.imagemirror.operator.port;

import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.JobReport;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Port: where copy jobs run. Thread-safe; blocking; methods may throw {@link PortException} unless stated otherwise.
 */
public interface CopyJobQueue {
    /** {@link CopyJobSpec#queue} of new jobs. */
    String queue();

    /** {@link CopyJobSpec#definition} of new jobs. */
    String definition();

    /** Submits once, without retries, within 20 s. Never throws. */
    Submission submit(String jobName, CopyJobSpec job);

    /** How long after submission the queue may not list the job yet. */
    Duration settling(String jobId);

    /** The jobs with these ids, by id, in any number; omits those the queue no longer knows. */
    Map<String, CopyJob> describe(Collection<String> jobIds);

    /** All jobs with exactly this name on {@code queue}, in any state, oldest first, from all pages. */
    List<CopyJob> findByName(String queue, String jobName);

    /** Terminates a job; succeeds if it has ended or is unknown. */
    void terminate(String jobId, String reason);

    /** The report of an ended job; empty if none is available. */
    Optional<JobReport> report(CopyJob job);

    /** Outcome of a submission. */
    sealed interface Submission {
        /** Applies exactly one of the functions. */
        <R> R fold(Function<Accepted, R> accepted, Function<Refused, R> refused, Function<Unanswered, R> unanswered);

        /** The queue accepted the job. */
        record Accepted(String jobId) implements Submission {
            @Override
            public <R> R fold(
                    Function<Accepted, R> accepted, Function<Refused, R> refused, Function<Unanswered, R> unanswered) {
                return accepted.apply(this);
            }
        }

        /** The queue definitely does not have the job. */
        record Refused(String message) implements Submission {
            @Override
            public <R> R fold(
                    Function<Accepted, R> accepted, Function<Refused, R> refused, Function<Unanswered, R> unanswered) {
                return refused.apply(this);
            }
        }

        /** No conclusive response: the queue may have the job. */
        record Unanswered(String message) implements Submission {
            @Override
            public <R> R fold(
                    Function<Accepted, R> accepted, Function<Refused, R> refused, Function<Unanswered, R> unanswered) {
                return unanswered.apply(this);
            }
        }
    }
}
