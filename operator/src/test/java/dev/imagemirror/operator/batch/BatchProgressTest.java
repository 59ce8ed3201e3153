package dev.imagemirror.operator.batch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.testing.TestingLog;
import dev.imagemirror.worker.progress.ProgressLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.batch.model.DescribeJobsRequest;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;

class BatchProgressTest {
    private final TestingBatchClient batch = new TestingBatchClient();
    private final TestingLogsClient logs = new TestingLogsClient();
    private final Queue<Runnable> background = new ArrayDeque<>();

    @AutoClose
    private final TestingLog log = TestingLog.of(BatchProgress.class).from(Level.DEBUG);

    private long now = Long.MAX_VALUE - 5; // as System.nanoTime may be
    private final BatchProgress progress = new BatchProgress(
            new ProgressLog(new BatchClients(batch, batch, logs), TestingLogsClient.GROUP), background::add, () -> now);

    @Test
    void answersAtOnceAndReadsInTheBackground() {
        CopyJob job = running(1);
        logs.put(job.id(), line(6));

        assertThat(progress.of(List.of(job))).isEmpty();
        assertThat(calls()).isZero();
        readInTheBackground();

        assertThat(progress.of(List.of(job)))
                .containsExactly(new JobProgress(job, 14, 6, 1000, 300, JobProgress.UNKNOWN, JobProgress.UNKNOWN));
    }

    @Test
    void readsOnDemandAndAtMostEveryTenSeconds() {
        CopyJob job = running(1);
        logs.put(job.id(), line(6));
        progress.of(List.of(job));
        progress.of(List.of(job));
        assertThat(background).as("one reading at a time").hasSize(1);
        readInTheBackground();

        logs.put(job.id(), line(7));
        pass(Duration.ofSeconds(9));
        progress.of(List.of(job));
        assertThat(background).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(background).as("nobody asks").isEmpty();
        assertThat(progress.of(List.of(job))).extracting(JobProgress::blobsDone).containsExactly(6);
        readInTheBackground();

        assertThat(progress.of(List.of(job))).extracting(JobProgress::blobsDone).containsExactly(7);
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void theTimeBetweenReadingsBeginsWhenTheFirstHasEnded() {
        CopyJob job = running(1);
        progress.of(List.of(job));
        pass(Duration.ofMinutes(1));
        readInTheBackground();
        progress.of(List.of(job));
        assertThat(background).isEmpty();
    }

    @Test
    void readsTheTenOldestOfManyJobsWithElevenCalls() {
        List<CopyJob> jobs =
                new ArrayList<>(IntStream.range(0, 25).mapToObj(this::running).toList());
        jobs.forEach(job -> logs.put(job.id(), line(3)));
        List<String> oldest = jobs.stream().limit(10).map(CopyJob::id).toList();
        Collections.reverse(jobs);

        progress.of(jobs);
        readInTheBackground();

        assertThat(progress.of(jobs)).extracting(far -> far.job().id()).containsExactlyElementsOf(oldest);
        assertThat(logs.requests())
                .extracting(GetLogEventsRequest::logStreamName)
                .containsExactlyElementsOf(oldest);
        assertThat(batch.requests(DescribeJobsRequest.class)).hasSize(1);
    }

    @Test
    void readsNothingForJobsThatAreNotRunning() {
        CopyJob job = running(1);
        progress.of(List.of());
        progress.of(List.of(in(job, CopyJob.State.PENDING), in(job, CopyJob.State.SUCCEEDED)));
        assertThat(background).isEmpty();
    }

    @Test
    void showsTheLastKnownStateOfAJob() {
        CopyJob job = read(running(1));
        CopyJob later = new CopyJob(job.id(), job.name(), job.state(), "RUNNING: later", job.createdAt(), null, null);
        assertThat(progress.of(List.of(later))).extracting(JobProgress::job).containsExactly(later);
    }

    @Test
    void aJobThatHasEndedIsForgotten() {
        CopyJob job = read(running(1));
        assertThat(progress.of(List.of(in(job, CopyJob.State.SUCCEEDED)))).isEmpty();
        assertThat(progress.of(List.of(job))).isEmpty();
        read(job);
        progress.of(List.of());
        assertThat(progress.of(List.of(job))).isEmpty();
    }

    @Test
    void quietLogKeepsTheLastProgress() {
        CopyJob job = read(running(1));
        logs.put(job.id(), IntStream.range(0, 100).mapToObj(i -> "line " + i).toArray(String[]::new));
        assertThat(progress.of(List.of(read(job))))
                .extracting(JobProgress::blobsDone)
                .containsExactly(6);
    }

    @Test
    void readErrorsLeaveProgressUnknownAndAreLoggedOnce() {
        CopyJob job = read(running(1));
        logs.fail(SdkClientException.create("connection reset"));
        read(job);
        assertThat(progress.of(List.of(job))).isEmpty();
        read(job);
        read(job);
        assertThat(log.events().stream().filter(line -> line.getLevel().isGreaterOrEqual(Level.INFO)))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.getLevel()).isEqualTo(Level.INFO);
                    assertThat(line.getFormattedMessage()).contains("logs:GetLogEvents", "connection reset");
                });

        logs.fail(null);
        read(job);
        assertThat(progress.of(List.of(job))).hasSize(1);
    }

    @Test
    void unexpectedExceptionsDoNotReachCallers() {
        CopyJob job = running(1);
        batch.fail(DescribeJobsRequest.class, new IllegalStateException("fault"));
        assertThat(progress.of(List.of(read(job)))).isEmpty();
        pass(BatchProgress.BETWEEN_ROUNDS);
        progress.of(List.of(job));
        assertThat(background).as("will be retried").hasSize(1);
    }

    @Test
    void stopsReadingSilentlyOnceClosed() {
        CopyJob job = running(1);
        progress.of(List.of(job));
        progress.close();
        logs.fail(SdkClientException.create("connection pool shut down"));
        readInTheBackground();
        pass(BatchProgress.BETWEEN_ROUNDS);
        assertThat(progress.of(List.of(job))).isEmpty();
        assertThat(background).isEmpty();
        assertThat(log.events()).isEmpty();
    }

    /** A job with a log stream of its id, which says that six blobs are done unless it says more. */
    private CopyJob read(CopyJob job) {
        if (logs.requests().isEmpty()) {
            logs.put(job.id(), line(6));
        }
        pass(BatchProgress.BETWEEN_ROUNDS);
        progress.of(List.of(job));
        readInTheBackground();
        return job;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void readInTheBackground() {
        assertThat(background).hasSize(1);
        background.remove().run();
    }

    private int calls() {
        return logs.requests().size();
    }

    private CopyJob running(int number) {
        String id = batch.submitJob(SubmitJobRequest.builder()
                        .jobName("mirror-" + number)
                        .jobQueue(TestingBatchClient.QUEUE)
                        .jobDefinition(TestingBatchClient.DEFINITION)
                        .parameters(Map.of("source", "a.io/x:1"))
                        .build())
                .jobId();
        batch.change(id, job -> job.status(JobStatus.RUNNING).container(container -> container.logStreamName(id)));
        Instant createdAt = Instant.ofEpochSecond(1_700_000_000 + number);
        return new CopyJob(id, "mirror-" + number, CopyJob.State.RUNNING, "RUNNING", createdAt, createdAt, null);
    }

    private static CopyJob in(CopyJob job, CopyJob.State state) {
        return new CopyJob(job.id(), job.name(), state, state.name(), job.createdAt(), null, null);
    }

    private static String line(int blobsDone) {
        return new ProgressLine(14, blobsDone, 1000, 50L * blobsDone).text(Duration.ofSeconds(3));
    }
}
