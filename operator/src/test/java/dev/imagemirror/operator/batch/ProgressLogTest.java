package dev.imagemirror.operator.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.worker.progress.ProgressLine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.batch.model.AttemptDetail;
import software.amazon.awssdk.services.batch.model.DescribeJobsRequest;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

class ProgressLogTest {
    private final TestingBatchClient batch = new TestingBatchClient();
    private final TestingLogsClient logs = new TestingLogsClient();
    private final ProgressLog log = new ProgressLog(new BatchClients(batch, batch, logs), TestingLogsClient.GROUP);
    private String job;

    @BeforeEach
    void submit() {
        job = batch.submitJob(SubmitJobRequest.builder()
                        .jobName("mirror-0f")
                        .jobQueue(TestingBatchClient.QUEUE)
                        .jobDefinition(TestingBatchClient.DEFINITION)
                        .parameters(Map.of(CopyJobSpec.SOURCE, "a.io/x:1"))
                        .build())
                .jobId();
        batch.change(job, it -> it.status(JobStatus.RUNNING).container(container -> container.logStreamName("stream")));
    }

    @Test
    void theLastLineCountsWhateverFollowsIt() {
        logs.put("stream", "copying a.io/x:1", line(1), line(6), "b.io/x:1 already in sync", "WARN something");
        assertThat(log.lastLines(List.of(job)))
                .containsOnlyKeys(job)
                .extractingByKey(job)
                .satisfies(line -> {
                    assertThat(line.blobsDone()).isEqualTo(6);
                    assertThat(line.blobs()).isEqualTo(14);
                });
        assertThat(logs.requests()).hasSize(1);
    }

    @Test
    void onlyTheEndOfALongLogIsRead() {
        logs.put("stream", line(1));
        logs.put("stream", IntStream.range(0, 1000).mapToObj(i -> "line " + i).toArray(String[]::new));
        assertThat(log.lastLines(List.of(job))).isEmpty();
        assertThat(logs.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.limit()).isLessThanOrEqualTo(100));
    }

    @Test
    void whileAnAttemptRunsItIsItsLogThatIsRead() {
        logs.put("reclaimed", line(13));
        logs.put("stream", line(2));
        batch.change(
                job,
                it -> it.attempts(AttemptDetail.builder()
                        .container(container -> container.logStreamName("reclaimed"))
                        .build()));
        assertThat(log.lastLines(List.of(job)).get(job).blobsDone()).isEqualTo(2);
    }

    @Test
    void aJobWithoutALogSaysNothingAndIsNoError() {
        assertThat(log.lastLines(List.of(job, "forgotten"))).isEmpty();
        batch.change(job, it -> it.container(container -> container.logStreamName(null)));
        assertThat(log.lastLines(List.of(job))).isEmpty();
    }

    @Test
    void aCallThatFailsIsAnErrorThatNamesIt() {
        logs.fail(SdkClientException.create("connection reset"));
        assertThatThrownBy(() -> log.lastLines(List.of(job)))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("logs:GetLogEvents");
        batch.fail(DescribeJobsRequest.class, TestingBatchClient.error(403, "AccessDeniedException", "no"));
        assertThatThrownBy(() -> log.lastLines(List.of(job)))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("batch:DescribeJobs");
    }

    private static String line(int blobsDone) {
        return new ProgressLine(14, blobsDone, 1400, 100L * blobsDone).text(Duration.ofSeconds(3));
    }
}
