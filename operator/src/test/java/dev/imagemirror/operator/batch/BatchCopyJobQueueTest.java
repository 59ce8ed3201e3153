package dev.imagemirror.operator.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.CopyJobQueue.Submission;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.testing.CopyJobQueueContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.batch.model.AttemptDetail;
import software.amazon.awssdk.services.batch.model.DescribeJobsRequest;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.KeyValuePair;
import software.amazon.awssdk.services.batch.model.ListJobsRequest;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.TerminateJobRequest;

class BatchCopyJobQueueTest extends CopyJobQueueContract {
    private static final String NAME = "mirror-0f";

    private final TestingBatchClient batch = new TestingBatchClient();
    private final TestingLogsClient logs = new TestingLogsClient();
    private final BatchCopyJobQueue queue = new BatchCopyJobQueue(
            new BatchSettings(
                    TestingBatchClient.QUEUE, TestingBatchClient.DEFINITION, TestingLogsClient.GROUP, Map.of()),
            new BatchClients(batch, batch, logs));

    @Test
    void submitsExactlyWhatTheSpecSays() {
        submit(NAME, spec(Map.of("MIRROR_REFERRERS", "true"), 1234));
        SubmitJobRequest request = batch.requests(SubmitJobRequest.class).get(0);
        assertThat(request.jobName()).isEqualTo(NAME);
        assertThat(request.jobQueue()).isEqualTo(TestingBatchClient.QUEUE);
        assertThat(request.jobDefinition()).isEqualTo(TestingBatchClient.DEFINITION);
        assertThat(request.parameters()).isEqualTo(job().parameters());
        assertThat(request.timeout().attemptDurationSeconds()).isEqualTo(1234);
        assertThat(request.containerOverrides().environment()).singleElement().satisfies(variable -> {
            assertThat(variable.name()).isEqualTo("MIRROR_REFERRERS");
            assertThat(variable.value()).isEqualTo("true");
        });
    }

    @Test
    void givesEveryJobTheVariablesOfTheSettingsWhichItsOwnDoNotChange() {
        BatchSettings settings = new BatchSettings(
                TestingBatchClient.QUEUE,
                TestingBatchClient.DEFINITION,
                TestingLogsClient.GROUP,
                Map.of("MIRROR_PRIVATE_ADDRESSES", "false"));
        Map<String, String> own = Map.of("MIRROR_REFERRERS", "true", "MIRROR_PRIVATE_ADDRESSES", "true");
        new BatchCopyJobQueue(settings, new BatchClients(batch, batch, logs)).submit(NAME, spec(own, 1234));

        assertThat(batch.requests(SubmitJobRequest.class)
                        .get(0)
                        .containerOverrides()
                        .environment())
                .extracting(KeyValuePair::name, KeyValuePair::value)
                .containsExactly(tuple("MIRROR_PRIVATE_ADDRESSES", "false"), tuple("MIRROR_REFERRERS", "true"));
    }

    @Test
    void overridesNothingIfThereIsNoEnvironment() {
        submit(NAME, job());
        assertThat(batch.requests(SubmitJobRequest.class).get(0).containerOverrides())
                .isNull();
    }

    @Test
    void waitsTwentySecondsForTheAnswerToASubmission() {
        submit(NAME, job());
        assertThat(batch.requests(SubmitJobRequest.class)
                        .get(0)
                        .overrideConfiguration()
                        .orElseThrow()
                        .apiCallTimeout())
                .contains(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({
        "400, ClientException, check the job queue",
        "403, AccessDeniedException, allow batch:SubmitJob",
        "403, ExpiredTokenException, credentials",
        "429, TooManyRequestsException, will be retried"
    })
    void responsesWithoutAJobAreRefusalsWithAdvice(int status, String code, String advice) {
        batch.fail(SubmitJobRequest.class, TestingBatchClient.error(status, code, "so says the service"));
        assertThat(queue.submit(NAME, job()))
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused -> assertThat(refused.message()).contains(code, "so says the service", advice));
    }

    @ParameterizedTest
    @CsvSource({"500, ServerException", "503, ServiceUnavailable", "408, RequestTimeout"})
    void ambiguousResponsesLeaveTheSubmissionUnknown(int status, String code) {
        batch.fail(SubmitJobRequest.class, TestingBatchClient.error(status, code, "try again"));
        assertThat(queue.submit(NAME, job()))
                .isInstanceOfSatisfying(
                        Submission.Unanswered.class,
                        unanswered -> assertThat(unanswered.message()).contains(code, "will be retried"));
    }

    @Test
    void timeoutsAndConnectionErrorsLeaveTheSubmissionUnknown() {
        List<RuntimeException> faults = List.of(
                ApiCallTimeoutException.create(20_000),
                SdkClientException.create("Unable to execute HTTP request: Connection reset"),
                new IllegalStateException("connection pool shut down"));
        for (RuntimeException fault : faults) {
            batch.fail(SubmitJobRequest.class, fault);
            assertThat(queue.submit(NAME, job())).isInstanceOf(Submission.Unanswered.class);
        }
    }

    @Test
    void describesTwoHundredAndFiftyJobsInThreeCalls() {
        List<String> ids = IntStream.range(0, 250)
                .mapToObj(number -> submit(NAME + number, job()))
                .toList();
        assertThat(queue.describe(ids).keySet()).containsExactlyElementsOf(ids);
        assertThat(batch.requests(DescribeJobsRequest.class))
                .extracting(request -> request.jobs().size())
                .containsExactly(100, 100, 50);
    }

    @Test
    void readsEveryPageOfJobsOfAName() {
        batch.pageSize(3);
        List<String> ids =
                IntStream.range(0, 10).mapToObj(number -> submit(NAME, job())).toList();
        assertThat(queue.findByName(TestingBatchClient.QUEUE, NAME))
                .extracting(CopyJob::id)
                .containsExactlyElementsOf(ids);
        assertThat(batch.requests(ListJobsRequest.class)).hasSize(4).allSatisfy(request -> {
            assertThat(request.jobStatus()).isNull();
            assertThat(request.filters()).singleElement().satisfies(filter -> {
                assertThat(filter.name()).isEqualTo("JOB_NAME");
                assertThat(filter.values()).containsExactly(NAME);
            });
        });
    }

    @Test
    void readErrorsIncludeAdvice() {
        batch.fail(ListJobsRequest.class, TestingBatchClient.error(403, "AccessDeniedException", "not you"));
        assertThatThrownBy(() -> queue.findByName(TestingBatchClient.QUEUE, NAME))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("allow batch:ListJobs");
        batch.fail(DescribeJobsRequest.class, SdkClientException.create("no route"));
        assertThatThrownBy(() -> queue.describe(List.of("id")))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("no route");
    }

    @Test
    void terminationThatIsDeniedIsAnError() {
        String id = submit(NAME, job());
        batch.fail(TerminateJobRequest.class, TestingBatchClient.error(403, "AccessDeniedException", "not you"));
        assertThatThrownBy(() -> queue.terminate(id, "deadline"))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("allow batch:TerminateJob");
    }

    @Test
    void queueThatIsThereButCannotBeListedIsAnError() {
        batch.fail(ListJobsRequest.class, TestingBatchClient.error(400, "ClientException", "odd"));
        assertThatThrownBy(() -> queue.findByName(TestingBatchClient.QUEUE, NAME))
                .isInstanceOf(PortException.class);
    }

    @Test
    void longReasonsAreCutToWhatBatchTakes() {
        queue.terminate(submit(NAME, job()), "x".repeat(5000));
        assertThat(batch.requests(TerminateJobRequest.class).get(0).reason()).hasSize(1024);
    }

    @ParameterizedTest
    @EnumSource(value = JobStatus.class, names = "UNKNOWN_TO_SDK_VERSION", mode = EnumSource.Mode.EXCLUDE)
    void everyStatusOfBatchIsAState(JobStatus status) {
        String id = submit(NAME, job());
        batch.change(id, job -> job.status(status));
        CopyJob.State state = switch (status) {
            case RUNNING -> CopyJob.State.RUNNING;
            case SUCCEEDED -> CopyJob.State.SUCCEEDED;
            case FAILED -> CopyJob.State.FAILED;
            default -> CopyJob.State.PENDING;
        };
        assertThat(described(id).state()).isEqualTo(state);
        assertThat(described(id).detail()).startsWith(status.toString());
    }

    @Test
    void detailSaysWhyAContainerDidNotStartOrWasKilled() {
        String id = submit(NAME, job());
        end(
                id,
                job -> job.statusReason("Task failed to start")
                        .container(container -> container.reason("CannotPullContainerError: pull access denied")));
        assertThat(described(id).detail())
                .isEqualTo("FAILED: Task failed to start; CannotPullContainerError: pull access denied");
        end(
                id,
                job -> job.statusReason("Essential container in task exited")
                        .container(container -> container.exitCode(137).reason("OutOfMemoryError: Container killed")));
        assertThat(described(id).detail())
                .isEqualTo("FAILED: Essential container in task exited; exit code 137; "
                        + "OutOfMemoryError: Container killed");
    }

    @Test
    void reportIsThatOfTheLastAttempt() {
        String id = submit(NAME, job());
        logs.put("first", TestingReports.failed(job()));
        logs.put("second", TestingReports.copied(job()));
        end(
                id,
                job -> job.container(container -> container.logStreamName("first"))
                        .attempts(List.of(attempt("first"), attempt("second"))));
        assertThat(queue.report(described(id)).orElseThrow().destinations())
                .allMatch(outcome -> outcome.outcome().equals("copied"));
    }

    @Test
    void lastAttemptThatNeverStartedHasNoReport() {
        String id = submit(NAME, job());
        logs.put("first", TestingReports.failed(job()));
        AttemptDetail reclaimed = AttemptDetail.builder()
                .statusReason("Host EC2 (instance i-1) terminated.")
                .build();
        end(id, job -> job.attempts(List.of(attempt("first"), reclaimed)));
        assertThat(queue.report(described(id))).isEmpty();
    }

    @Test
    void jobThatWasKilledOrIsForgottenHasNoReport() {
        String id = submit(NAME, job());
        logs.put("stream", "blob 1 of 3", "blob 2 of 3");
        end(id, job -> job.container(container -> container.logStreamName("stream")));
        CopyJob job = described(id);
        assertThat(queue.report(job)).isEmpty();
        batch.forget(id);
        assertThat(queue.report(job)).isEmpty();
    }

    private static AttemptDetail attempt(String logStream) {
        return AttemptDetail.builder()
                .container(container -> container.logStreamName(logStream))
                .build();
    }

    private void end(String id, Consumer<JobDetail.Builder> how) {
        batch.change(id, job -> how.accept(job.status(JobStatus.FAILED).stoppedAt(batch.tick())));
    }

    @Override
    protected CopyJobQueue queue() {
        return queue;
    }

    @Override
    protected CopyJobSpec job() {
        return spec(Map.of(), 60);
    }

    private CopyJobSpec spec(Map<String, String> environment, int deadline) {
        Map<String, String> parameters = Map.of(
                "source",
                "a.example.com/x:1@sha256:" + "0".repeat(64),
                "dest",
                "b.example.com/x:1,c.example.com:5000/y/z:2");
        return new CopyJobSpec(queue.queue(), queue.definition(), parameters, environment, deadline);
    }

    @Override
    protected CopyJobSpec refusedJob() {
        return new CopyJobSpec("Another", queue.definition(), job().parameters(), Map.of(), 60);
    }

    @Override
    protected void start(String jobId) {
        batch.change(jobId, job -> job.status(JobStatus.RUNNING).startedAt(batch.tick()));
    }

    @Override
    protected void succeed(String jobId) {
        logs.put(jobId, "copied", TestingReports.copied(job()));
        end(jobId, job -> job.status(JobStatus.SUCCEEDED).container(container -> container.logStreamName(jobId)));
    }

    @Override
    protected void fail(String jobId) {
        logs.put(jobId, TestingReports.failed(job()));
        end(jobId, job -> job.container(container -> container.exitCode(77).logStreamName(jobId)));
    }
}
