package dev.imagemirror.operator.batch;

import dev.imagemirror.operator.domain.CopyJob;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.AttemptContainerDetail;
import software.amazon.awssdk.services.batch.model.AttemptDetail;
import software.amazon.awssdk.services.batch.model.ContainerDetail;
import software.amazon.awssdk.services.batch.model.ContainerSummary;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.JobSummary;

/** Turns Batch's descriptions of jobs into ours. */
final class BatchJobs {
    /** Ordered by submission time. */
    static final Comparator<CopyJob> OLDEST_FIRST = Comparator.comparing(
                    CopyJob::createdAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(CopyJob::id);

    private BatchJobs() {}

    /** @param logGroup where jobs log to */
    static CopyJob of(JobDetail job, String logGroup) {
        ContainerDetail container = job.container();
        return new CopyJob(
                job.jobId(),
                job.jobName(),
                state(job.status()),
                container == null
                        ? detail(job.statusAsString(), job.statusReason(), null, null)
                        : detail(job.statusAsString(), job.statusReason(), container.exitCode(), container.reason()),
                instant(job.createdAt()),
                instant(job.startedAt()),
                instant(job.stoppedAt()),
                LogLink.of(job, logGroup));
    }

    static CopyJob of(JobSummary job) {
        ContainerSummary container = job.container();
        return new CopyJob(
                job.jobId(),
                job.jobName(),
                state(job.status()),
                container == null
                        ? detail(job.statusAsString(), job.statusReason(), null, null)
                        : detail(job.statusAsString(), job.statusReason(), container.exitCode(), container.reason()),
                instant(job.createdAt()),
                instant(job.startedAt()),
                instant(job.stoppedAt()));
    }

    /**
     * Log stream of the last attempt, if its container was ever started. While one runs it is the job's container; the list
     * has those that were reclaimed before it.
     */
    static Optional<String> lastLogStream(JobDetail job) {
        List<AttemptDetail> attempts = job.attempts();
        if (attempts.isEmpty() || job.status() == JobStatus.RUNNING) {
            return Optional.ofNullable(job.container()).map(ContainerDetail::logStreamName);
        }
        return Optional.ofNullable(attempts.get(attempts.size() - 1).container())
                .map(AttemptContainerDetail::logStreamName);
    }

    private static CopyJob.State state(JobStatus status) {
        return switch (status) {
            case RUNNING -> CopyJob.State.RUNNING;
            case SUCCEEDED -> CopyJob.State.SUCCEEDED;
            case FAILED -> CopyJob.State.FAILED;
            case SUBMITTED, PENDING, RUNNABLE, STARTING, UNKNOWN_TO_SDK_VERSION -> CopyJob.State.PENDING;
        };
    }

    private static String detail(
            String status, String statusReason, @Nullable Integer exitCode, @Nullable String reason) {
        String more = Stream.of(statusReason, exitCode == null ? null : "exit code " + exitCode, reason)
                .filter(Objects::nonNull)
                .filter(text -> !text.isBlank())
                .distinct()
                .collect(Collectors.joining("; "));
        return more.isEmpty() ? status : status + ": " + more;
    }

    private static @Nullable Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
