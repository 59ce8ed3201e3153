package dev.imagemirror.operator.batch;

import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.PortException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.BatchException;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.KeyValuesPair;

/** Copy jobs on AWS Batch. Thread-safe; the clients stay the caller's to close. Source: AWS Batch API reference. */
public final class BatchCopyJobQueue implements CopyJobQueue {
    /** The most ids that {@code DescribeJobs} takes per call. */
    private static final int IDS_AT_ONCE = 100;

    private static final int LONGEST_REASON = 1024;
    private static final Duration SUBMIT_PATIENCE = Duration.ofSeconds(20);

    /** Batch's lists are eventually consistent; lags of minutes have never been observed. */
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private final BatchSettings settings;
    private final BatchClient reading;
    private final JobSubmitter submitter;
    private final JobLog log;

    /** A queue over the clients. */
    public BatchCopyJobQueue(BatchSettings settings, BatchClients clients) {
        this.settings = settings;
        this.reading = clients.reading();
        this.submitter = new JobSubmitter(clients.submitting(), SUBMIT_PATIENCE, settings.environment());
        this.log = new JobLog(clients.logs(), settings.logGroup());
    }

    @Override
    public String queue() {
        return settings.queue();
    }

    @Override
    public Duration settling(String jobId) {
        return SETTLING;
    }

    @Override
    public String definition() {
        return settings.definition();
    }

    @Override
    public Submission submit(String jobName, CopyJobSpec job) {
        return submitter.submit(jobName, job);
    }

    @Override
    public Map<String, CopyJob> describe(Collection<String> jobIds) {
        Map<String, CopyJob> found = new LinkedHashMap<>();
        details(jobIds).forEach(detail -> found.put(detail.jobId(), BatchJobs.of(detail, settings.logGroup())));
        return found;
    }

    /** The filter ignores case and treats a trailing {@code *} as a wildcard, so the result is filtered again. */
    @Override
    public List<CopyJob> findByName(String queue, String jobName) {
        KeyValuesPair filter =
                KeyValuesPair.builder().name("JOB_NAME").values(jobName).build();
        try {
            return reading
                    .listJobsPaginator(request -> request.jobQueue(queue).filters(filter))
                    .jobSummaryList()
                    .stream()
                    .map(BatchJobs::of)
                    .filter(job -> job.name().equals(jobName))
                    .sorted(BatchJobs.OLDEST_FIRST)
                    .toList();
        } catch (BatchException e) {
            if (BatchErrors.isLasting(e) && isGone(queue)) {
                return List.of();
            }
            throw BatchErrors.of("ListJobs", e);
        } catch (SdkException e) {
            throw BatchErrors.of("ListJobs", e);
        }
    }

    /** Batch responds inconsistently for jobs it has forgotten, so an error is checked against the job. */
    @Override
    public void terminate(String jobId, String reason) {
        String shortened = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
        try {
            reading.terminateJob(request -> request.jobId(jobId).reason(shortened));
        } catch (BatchException e) {
            CopyJob job = BatchErrors.isLasting(e) ? describe(List.of(jobId)).get(jobId) : null;
            boolean over =
                    BatchErrors.isLasting(e) && (job == null || job.state().isEnded());
            if (!over) {
                throw BatchErrors.of("TerminateJob", e);
            }
        } catch (SdkException e) {
            throw BatchErrors.of("TerminateJob", e);
        }
    }

    @Override
    public Optional<JobReport> report(CopyJob job) {
        return details(List.of(job.id())).stream()
                .findFirst()
                .flatMap(BatchJobs::lastLogStream)
                .flatMap(log::report);
    }

    private List<JobDetail> details(Collection<String> jobIds) {
        List<String> ids = new ArrayList<>(new LinkedHashSet<>(jobIds));
        List<JobDetail> details = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE));
            details.addAll(asked("DescribeJobs", () -> reading.describeJobs(request -> request.jobs(some)))
                    .jobs());
        }
        return details;
    }

    /** A deleted queue has no jobs; a claim on it must not wait forever. */
    private boolean isGone(String queue) {
        return asked("DescribeJobQueues", () -> reading.describeJobQueues(request -> request.jobQueues(queue)))
                .jobQueues()
                .isEmpty();
    }

    private static <T> T asked(String action, Supplier<T> call) throws PortException {
        try {
            return call.get();
        } catch (SdkException e) {
            throw BatchErrors.of(action, e);
        }
    }
}
