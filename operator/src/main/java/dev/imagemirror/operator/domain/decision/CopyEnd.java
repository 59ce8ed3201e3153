package dev.imagemirror.operator.domain.decision;

import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyResult;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the copy to one destination ended, according to its job. Only an observation proves the result. */
sealed interface CopyEnd {
    /** The word recorded in the pair's history. */
    String word();

    /** Blob bytes copied; 0 if unknown. */
    default long bytes() {
        return 0;
    }

    /** The job's run time; zero if unknown. */
    Duration duration();

    /** True if the job reports that the destination matched when it ended. */
    default boolean succeeded() {
        return false;
    }

    /** The failure, if retrying will not help. */
    Optional<Block> block(Duration startLimit, Instant now);

    /** Why the destination does not match; starts a sentence. */
    String words();

    /** Why a pair is left alone for a long time. */
    record Block(Reason reason, String words) {}

    private static String failed(@Nullable String why) {
        return CopyResult.FAILED.word() + ": " + why;
    }

    private static Duration duration(CopyJob job) {
        return job.startedAt() == null || job.stoppedAt() == null
                ? Duration.ZERO
                : Duration.between(job.startedAt(), job.stoppedAt());
    }

    /** The queue no longer knows the job. */
    record Lost() implements CopyEnd {
        @Override
        public String word() {
            return CopyResult.UNKNOWN.word();
        }

        @Override
        public Duration duration() {
            return Duration.ZERO;
        }

        @Override
        public Optional<Block> block(Duration startLimit, Instant now) {
            return Optional.empty();
        }

        @Override
        public String words() {
            return "the job is gone from the queue and the destination is out of sync";
        }
    }

    /** The job ended without reporting on the destination. */
    record Unreported(CopyJob job) implements CopyEnd {
        @Override
        public String word() {
            return job.state() == CopyJob.State.SUCCEEDED ? "ended" : CopyEnd.failed("no report");
        }

        @Override
        public Duration duration() {
            return CopyEnd.duration(job);
        }

        @Override
        public Optional<Block> block(Duration startLimit, Instant now) {
            boolean isStuck = job.startedAt() == null
                    && job.createdAt() != null
                    && !now.isBefore(job.createdAt().plus(startLimit));
            return isStuck
                    ? Optional.of(new Block(
                            Reason.JOB_STUCK,
                            "job " + job.id() + " did not start within " + Span.of(startLimit)
                                    + ": check the compute environment of its queue (" + job.detail() + ")"))
                    : Optional.empty();
        }

        @Override
        public String words() {
            return "job " + job.id() + " ended without a report (" + job.detail() + ")";
        }
    }

    /** The job reported the destination's outcome. */
    record Reported(CopyJob job, JobReport.Outcome outcome) implements CopyEnd {
        private static final Set<Reason> LASTING = EnumSet.of(
                Reason.INCOMPLETE_SOURCE,
                Reason.ACCESS_DENIED,
                Reason.IMMUTABLE_TAG,
                Reason.REPOSITORY_NOT_FOUND,
                Reason.SOURCE_NOT_ALLOWED,
                Reason.DESTINATION_NOT_ALLOWED);

        @Override
        public String word() {
            return succeeded() ? outcome.outcome() : CopyEnd.failed(outcome.reason());
        }

        @Override
        public long bytes() {
            return outcome.bytes();
        }

        @Override
        public Duration duration() {
            return CopyEnd.duration(job);
        }

        @Override
        public boolean succeeded() {
            return outcome.succeeded();
        }

        @Override
        public Optional<Block> block(Duration startLimit, Instant now) {
            return Optional.ofNullable(outcome.reason())
                    .map(Reason::of)
                    .filter(LASTING::contains)
                    .map(reason -> new Block(reason, words()));
        }

        @Override
        public String words() {
            return outcome.error() == null ? "the job failed: " + outcome.reason() : outcome.error();
        }
    }
}
