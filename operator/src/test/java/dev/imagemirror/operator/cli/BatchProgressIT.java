package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.operator.testing.TestingBatchJob;
import dev.imagemirror.operator.testing.TestingBatchServer;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.worker.progress.ProgressLine;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the management port says of copies that run on AWS Batch. */
@Timeout(180)
class BatchProgressIT extends CommandsWithRegistries {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long MIB = 1 << 20;

    private final TestingImage image = TestingImages.small(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicReference<Throwable> fault = new AtomicReference<>();

    @AutoClose
    private final TestingBatchServer batch = new TestingBatchServer(this::copy);

    private TestingRun run;

    @AfterEach
    void stop() throws InterruptedException {
        mayEnd.countDown();
        if (run != null) {
            run.stop();
        }
    }

    @Test
    void summaryShowsProgressOnlyWhileAJobRuns() {
        commands.environment.put("MIRROR_OPERATOR_JOBS_MODE", "batch");
        commands.aws.endpoint("Batch", batch.url()).endpoint("CloudWatchLogs", batch.url());
        image.putInto(from, "team/app", "1");
        commands.putRow(from.reference("team/app", "1"), to.reference("copy/app", "1"));
        run = new TestingRun(commands).start();

        await().atMost(LIMIT).untilAsserted(() -> {
            JsonNode job = run.json("/api/v1/summary").path("jobs").path(0);
            assertThat(job.path("state").asText()).isEqualTo("RUNNING");
            assertThat(job.path("progress").toString())
                    .isEqualTo("{\"blobs\":14,\"blobsDone\":6,\"bytes\":" + 100 * MIB + ",\"bytesDone\":" + 41 * MIB
                            + "}");
        });
        assertThat(run.get("/metrics").body())
                .as("it is counted as other calls are")
                .contains("operation=\"GetLogEvents\",result=\"ok\",service=\"CloudWatchLogs\"");

        mayEnd.countDown();
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(run.json("/api/v1/summary").path("jobs")).isEmpty());
        assertThat(fault.get()).isNull();
    }

    private void copy(TestingBatchJob job) {
        job.log("copying " + job.source());
        job.log(new ProgressLine(14, 1, 100 * MIB, MIB).text(Duration.ofSeconds(3)));
        job.log(new ProgressLine(14, 6, 100 * MIB, 41 * MIB).text(Duration.ofSeconds(6)));
        job.log(job.destinations().get(0) + " already in sync");
        try {
            mayEnd.await();
            image.putInto(to, "copy/app", "1");
        } catch (InterruptedException | RuntimeException e) {
            fault.set(e);
        }
    }
}
