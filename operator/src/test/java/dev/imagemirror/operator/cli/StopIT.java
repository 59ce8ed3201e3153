package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.operator.claim.ReconcilerSettings;
import dev.imagemirror.operator.demo.OperatorProcess;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.testing.TestingBatchJob;
import dev.imagemirror.operator.testing.TestingBatchServer;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, as a process meets it. */
@Timeout(180)
class StopIT {
    /** 128 and the signal's number. */
    private static final int ENDED_BY_SIGTERM = 143;

    /** What is promised is 10 s; a loaded machine needs some more to end a process. */
    private static final int MAX_SECONDS = 20;

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "AWS_REGION", "eu-central-1",
            "AWS_ACCESS_KEY_ID", "testing",
            "AWS_SECRET_ACCESS_KEY", "testing-secret",
            "AWS_EC2_METADATA_DISABLED", "true",
            "MIRROR_OPERATOR_JOBS_MODE", "local",
            "MIRROR_OPERATOR_WEB_PORT", "0",
            "MIRROR_OPERATOR_TABLES_STREAM", "false",
            "MIRROR_OPERATOR_REGISTRIES_LOOPBACK", "localhost,127.0.0.1"));

    @Test
    void endsWhileItListsATableOfAServiceThatDoesNotAnswer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            endpoint("http://127.0.0.1:" + silent.getLocalPort());
            Process operator = start();
            try (Socket connection = silent.accept();
                    InputStream asked = connection.getInputStream()) {
                assertThat(asked.read()).isPositive();
                stopAndExpectTheEnd(operator);
            }
        }
    }

    @Test
    void endsWhileItCopiesAndKeepsTheClaim() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (TestingRegistry from = TestingRegistry.start();
                TestingRegistry to = TestingRegistry.start();
                TestingCommands commands = new TestingCommands()) {
            TestingImages.small(1).putInto(from, "team/app", "1");
            from.fault(Fault.on("GET", "/v2/team/app/blobs/.+").always().then(Faults.run(asked::countDown)));
            from.fault(Fault.on("GET", "/v2/team/app/blobs/.+").always().then(Faults.stall()));
            String source = from.reference("team/app", "1");
            commands.putRow(source, to.reference("copy/app", "1"));
            environment.put("MIRROR_OPERATOR_TABLES_MIRRORS", commands.tables.mirrors());
            environment.put("MIRROR_OPERATOR_TABLES_STATUSES", commands.tables.statuses());
            endpoint(TestingDynamoServer.shared().url());

            Process operator = start();
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            stopAndExpectTheEnd(operator);
            assertThat(commands.pair(source).claim()).isNotNull();
            from.clearFaults();
        }
    }

    /** Nobody knows whether there is a job: the next process searches for it, and submits it if there is none. */
    @Test
    void endsWhileBatchDoesNotAnswerASubmissionAndTheNextProcessTakesTheClaimOver() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        TestingImage image = TestingImages.small(1);
        try (TestingRegistry from = TestingRegistry.start();
                TestingRegistry to = TestingRegistry.start();
                TestingBatchServer batch = new TestingBatchServer(job -> image.putInto(to, "copy/app", "1"));
                TestingCommands commands = new TestingCommands()) {
            image.putInto(from, "team/app", "1");
            String source = from.reference("team/app", "1");
            commands.putRow(source, to.reference("copy/app", "1"));
            over(commands, batch);
            batch.stallSubmissions(asked::countDown);

            Process operator = start();
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            stopAndExpectTheEnd(operator);

            Claim left = commands.pair(source).claim();
            assertThat(left).isNotNull();
            assertThat(left.jobId()).isNull();
            batch.clearFaults();
            commands.clock.advance(Duration.between(commands.clock.instant(), Instant.now())
                    .plus(ReconcilerSettings.ONE_SHOT_GRACE)
                    .plusMinutes(1));
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(commands.run("once")).as(commands.err()).isEqualTo(Exit.OK);
                assertThat(commands.pair(source).claim()).isNull();
            });
            assertThat(batch.jobs()).extracting(TestingBatchJob::name).containsExactly(left.jobName());
            assertThat(image.differences(to, "copy/app", "1")).isEmpty();
        }
    }

    private void over(TestingCommands commands, TestingBatchServer batch) {
        environment.put("MIRROR_OPERATOR_TABLES_MIRRORS", commands.tables.mirrors());
        environment.put("MIRROR_OPERATOR_TABLES_STATUSES", commands.tables.statuses());
        environment.put("MIRROR_OPERATOR_JOBS_MODE", "batch");
        environment.put("AWS_ENDPOINT_URL_BATCH", batch.url());
        endpoint(TestingDynamoServer.shared().url());
        commands.environment.put("MIRROR_OPERATOR_JOBS_MODE", "batch");
        commands.aws.endpoint("Batch", batch.url());
    }

    private void endpoint(String url) {
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", url);
    }

    private Process start() throws IOException {
        File log = directory.resolve("operator.log").toFile();
        return new OperatorProcess(environment).start(log, "run");
    }

    private static void stopAndExpectTheEnd(Process operator) throws InterruptedException {
        operator.destroy();
        try {
            assertThat(operator.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(operator.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
        } finally {
            operator.destroyForcibly().waitFor();
        }
    }
}
