package dev.imagemirror.operator.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.BatchException;
import software.amazon.awssdk.services.batch.model.BatchRequest;
import software.amazon.awssdk.services.batch.model.ClientException;
import software.amazon.awssdk.services.batch.model.DescribeJobQueuesRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobQueuesResponse;
import software.amazon.awssdk.services.batch.model.DescribeJobsRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobsResponse;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.JobSummary;
import software.amazon.awssdk.services.batch.model.ListJobsRequest;
import software.amazon.awssdk.services.batch.model.ListJobsResponse;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.SubmitJobResponse;
import software.amazon.awssdk.services.batch.model.TerminateJobRequest;
import software.amazon.awssdk.services.batch.model.TerminateJobResponse;

/**
 * AWS Batch with one queue, in memory. Jobs change when a test says so; a job is a second older than the next one. Not
 * for several threads.
 */
final class TestingBatchClient implements BatchClient {
    static final String QUEUE = "MirrorQueue";
    static final String DEFINITION = "MirrorJob";

    private final Map<String, JobDetail> jobs = new LinkedHashMap<>();
    private final List<BatchRequest> requests = new ArrayList<>();
    private final Set<Class<?>> failing = new HashSet<>();
    private RuntimeException failure;
    private int pageSize = 100;
    private long now = 1_700_000_000_000L;

    /** Requests of this type fail from now on. */
    void fail(Class<? extends BatchRequest> type, RuntimeException error) {
        failing.add(type);
        failure = error;
    }

    void pageSize(int size) {
        pageSize = size;
    }

    void forget(String jobId) {
        jobs.remove(jobId);
    }

    /** Changes a job as if time had passed. */
    void change(String jobId, Consumer<JobDetail.Builder> change) {
        jobs.put(jobId, jobs.get(jobId).copy(change));
    }

    long tick() {
        now += 1000;
        return now;
    }

    <T extends BatchRequest> List<T> requests(Class<T> type) {
        return requests.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static BatchException error(int status, String code, String message) {
        return (BatchException) ClientException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("Batch")
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .message(message)
                .build();
    }

    @Override
    public SubmitJobResponse submitJob(SubmitJobRequest request) {
        received(request);
        if (!request.jobQueue().equals(QUEUE) || !request.jobDefinition().equals(DEFINITION)) {
            throw error(400, "ClientException", "JobQueue or JobDefinition does not exist");
        }
        String id = "id-" + (jobs.size() + 1);
        JobDetail job = JobDetail.builder()
                .jobId(id)
                .jobName(request.jobName())
                .jobQueue(request.jobQueue())
                .parameters(request.parameters())
                .status(JobStatus.RUNNABLE)
                .createdAt(tick())
                .build();
        jobs.put(id, job);
        return SubmitJobResponse.builder().jobId(id).jobName(request.jobName()).build();
    }

    @Override
    public DescribeJobsResponse describeJobs(DescribeJobsRequest request) {
        received(request);
        if (request.jobs().isEmpty() || request.jobs().size() > 100) {
            throw error(400, "ClientException", "1 to 100 ids");
        }
        return DescribeJobsResponse.builder()
                .jobs(request.jobs().stream()
                        .filter(jobs::containsKey)
                        .map(jobs::get)
                        .toList())
                .build();
    }

    /** Newest first, by names without regard to case, a star at the end for any ending, as the API reference says. */
    @Override
    public ListJobsResponse listJobs(ListJobsRequest request) {
        received(request);
        if (!request.jobQueue().equals(QUEUE)) {
            throw error(400, "ClientException", "JobQueue does not exist");
        }
        List<JobSummary> all = new ArrayList<>();
        jobs.values().stream().filter(job -> matches(request, job.jobName())).forEach(job -> all.add(0, summary(job)));
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(all.size(), from + pageSize);
        return ListJobsResponse.builder()
                .jobSummaryList(all.subList(from, to))
                .nextToken(to < all.size() ? Integer.toString(to) : null)
                .build();
    }

    @Override
    public TerminateJobResponse terminateJob(TerminateJobRequest request) {
        received(request);
        JobDetail job = jobs.get(request.jobId());
        if (job == null) {
            throw error(400, "ClientException", "Job not found");
        }
        if (job.stoppedAt() == null) {
            change(
                    request.jobId(),
                    it -> it.status(JobStatus.FAILED)
                            .statusReason(request.reason())
                            .stoppedAt(tick()));
        }
        return TerminateJobResponse.builder().build();
    }

    @Override
    public DescribeJobQueuesResponse describeJobQueues(DescribeJobQueuesRequest request) {
        received(request);
        return DescribeJobQueuesResponse.builder()
                .jobQueues(request.jobQueues().stream()
                        .filter(QUEUE::equals)
                        .map(name -> JobQueueDetail.builder().jobQueueName(name).build())
                        .toList())
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // nothing is open
    }

    private void received(BatchRequest request) {
        requests.add(request);
        if (failing.contains(request.getClass())) {
            throw failure;
        }
    }

    private static boolean matches(ListJobsRequest request, String name) {
        String wanted = request.filters().get(0).values().get(0).toLowerCase(Locale.ROOT);
        String candidate = name.toLowerCase(Locale.ROOT);
        return wanted.endsWith("*")
                ? candidate.startsWith(wanted.substring(0, wanted.length() - 1))
                : candidate.equals(wanted);
    }

    private static JobSummary summary(JobDetail job) {
        return JobSummary.builder()
                .jobId(job.jobId())
                .jobName(job.jobName())
                .status(job.status())
                .createdAt(job.createdAt())
                .build();
    }
}
