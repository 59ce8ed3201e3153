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

/** Port: where copy jobs run. Thread-safe; blocking; methods may throw {@link PortException} unless they say otherwise. */
public interface CopyJobQueue {
    /** What {@link CopyJobSpec#queue} is for new jobs. */
    String queue();

    /** What {@link CopyJobSpec#definition} is for new jobs. */
    String definition();

    /** Submits once, without retries, within 20 s. Never throws. */
    Submission submit(String jobName, CopyJobSpec job);

    /** For so long after it was submitted the job of this id may be missing from what the queue shows. */
    Duration settling(String jobId);

    /** The jobs of these ids, by id, however many; those that the queue no longer knows are left out. */
    Map<String, CopyJob> describe(Collection<String> jobIds);

    /** Every job of that exact name on {@code queue}, in any state, oldest first, whatever the number of pages. */
    List<CopyJob> findByName(String queue, String jobName);

    /** Ends a job; one that has ended or is not known is no error. */
    void terminate(String jobId, String reason);

    /** What an ended job reported, or empty if there is no report to be had. */
    Optional<JobReport> report(CopyJob job);

    /** What became of a submission. */
    sealed interface Submission {
        /** What follows from it: exactly one of the functions is called. */
        <R> R fold(Function<Accepted, R> accepted, Function<Refused, R> refused, Function<Unanswered, R> unanswered);

        /** The queue has the job. */
        record Accepted(String jobId) implements Submission {
            @Override
            public <R> R fold(
                    Function<Accepted, R> accepted, Function<Refused, R> refused, Function<Unanswered, R> unanswered) {
                return accepted.apply(this);
            }
        }

        /** The queue definitely has no such job. */
        record Refused(String message) implements Submission {
            @Override
            public <R> R fold(
                    Function<Accepted, R> accepted, Function<Refused, R> refused, Function<Unanswered, R> unanswered) {
                return refused.apply(this);
            }
        }

        /** No answer, or one that says nothing: the queue may have the job. */
        record Unanswered(String message) implements Submission {
            @Override
            public <R> R fold(
                    Function<Accepted, R> accepted, Function<Refused, R> refused, Function<Unanswered, R> unanswered) {
                return unanswered.apply(this);
            }
        }
    }
}
