package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.testing.Latches;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own that is told to stop in the middle of a copy. */
class InterruptionIT {
    private static final String NAME = "team/app";
    private static final String TAG = "1.0";
    private static final int SIGTERM = 143;
    private static final int SIGINT = 130;

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry other = TestingRegistry.start();

    private final TestingImage small = TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 20_000, 1);
    private final TestingImage large = TestingImage.manifest()
            .platform("linux/s390x")
            .layers(LayerKind.TAR, 1, 16 << 20, 2)
            .build();
    private final TestingBlob layer = large.blobs().get(1);
    private final TestingImage image =
            TestingImage.index().add(small).add(large).build().storedIn(source, NAME, TAG);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @TempDir
    private Path directory;

    @AutoClose
    private RunningMirror process;

    @AfterEach
    void stop() {
        goOn.countDown();
    }

    private String[] words() {
        return new String[] {source.reference(NAME, TAG), destination.reference(NAME, TAG), other.reference(NAME, TAG)};
    }

    private void start() throws IOException {
        process = RunningMirror.start(directory, words());
    }

    /** Starts a copy that has come as far as the middle of its last blob, at each of the two destinations. */
    private void startAndAwaitTheMiddle() throws IOException {
        for (TestingRegistry registry : List.of(destination, other)) {
            registry.fault(Fault.on("PUT", "/v2/.+/blobs/uploads/.+")
                    .always()
                    .then(BodyFaults.runWithinRequest(100_000, () -> Latches.await(goOn))));
        }
        start();
        awaitUntil(() -> assertThat(List.of(destination, other)).allSatisfy(registry -> {
            assertThat(registry.content().blobs(NAME)).hasSize(image.blobs().size() - 1);
            assertThat(uploads(registry))
                    .anyMatch(put -> digest(put).equals(layer.digest()) && put.bytesReceived() >= 100_000);
        }));
    }

    private void awaitHit(ArmedFault fault) {
        awaitUntil(() -> assertThat(fault.hits()).isPositive());
    }

    private void awaitUntil(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .failFast("the process ended by itself", () -> !process.isAlive())
                .untilAsserted(assertion);
    }

    @Test
    void endsInOrderOnSigterm() throws Exception {
        startAndAwaitTheMiddle();

        process.signal("TERM");

        assertEndsInOrder(SIGTERM);
    }

    @Test
    void endsInOrderOnSigint() throws Exception {
        startAndAwaitTheMiddle();
        process.requireInterrupts();

        process.signal("INT");

        assertEndsInOrder(SIGINT);
    }

    private void assertEndsInOrder(int exit) throws Exception {
        assertThat(process.endsWithin(Duration.ofSeconds(10))).isTrue();
        assertThat(process.exit()).as(process.err()).isEqualTo(exit);
        JsonNode report = process.report();
        assertThat(report.path("digest").asText()).isEqualTo(image.digest());
        assertThat(report.path("destinations")).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.path("outcome").asText()).isEqualTo("failed");
            assertThat(entry.path("reason").asText()).isEqualTo("Temporary");
            assertThat(entry.path("bytes").asLong()).isPositive();
        });
        assertThat(process.err()).doesNotContain("\tat ");
        goOn.countDown();
        assertThat(List.of(destination, other)).allSatisfy(registry -> {
            assertThat(registry.content().tags(NAME)).isEmpty();
            assertThat(registry.content().manifests(NAME)).doesNotContain(image.digest(), large.digest());
            assertThat(registry.content().blobs(NAME)).doesNotContain(layer.digest());
        });
    }

    @Test
    void theNextRunMovesOnlyWhatIsMissing() throws Exception {
        startAndAwaitTheMiddle();
        process.signal("TERM");
        assertThat(process.endsWithin(Duration.ofSeconds(10))).isTrue();
        goOn.countDown();
        List.of(source, destination, other).forEach(registry -> {
            registry.clearFaults();
            registry.clearRequests();
        });

        CommandRun next = CommandRun.of(words());

        assertThat(next.exit()).as(next.err()).isZero();
        assertThat(List.of(destination, other)).allSatisfy(registry -> {
            assertThat(uploads(registry)).extracting(InterruptionIT::digest).containsExactly(layer.digest());
            assertThat(image.differences(registry, NAME, TAG)).isEmpty();
        });
        assertThat(source.requests("GET", "/v2/.+/blobs/.+"))
                .extracting(RecordedRequest::path)
                .containsExactly("/v2/" + NAME + "/blobs/" + layer.digest());
        assertThat(next.report().path("sourceBytes").asLong()).isEqualTo(layer.size());
    }

    @Test
    void endsWhileTheSourceDoesNotAnswer() throws Exception {
        ArmedFault stall = source.fault(Fault.on("HEAD", ".*").always().then(Faults.stall()));
        start();
        awaitHit(stall);

        process.signal("TERM");

        assertEndsUntouched();
    }

    @Test
    void endsWhileADestinationDoesNotAnswer() throws Exception {
        ArmedFault stall = destination.fault(Fault.on("POST", ".*").always().then(Faults.stall()));
        start();
        awaitHit(stall);

        process.signal("TERM");

        assertEndsUntouched();
    }

    @Test
    void endsWhileItWaitsToTryAgain() throws Exception {
        ArmedFault busy = destination.fault(
                Fault.on("HEAD", ".*").always().then(Faults.tooManyRequests(Duration.ofSeconds(100))));
        start();
        awaitHit(busy);

        process.signal("TERM");

        assertEndsUntouched();
    }

    @Test
    void endsBeforeTheTagIsSet() throws Exception {
        ArmedFault tag = destination.fault(
                Fault.on("PUT", "/v2/.+/manifests/" + TAG).always().then(Faults.stall()));
        start();
        awaitHit(tag);

        process.signal("TERM");

        assertEndsUntouched();
        assertThat(other.content().tags(NAME)).isSubsetOf(TAG);
        if (!other.content().tags(NAME).isEmpty()) {
            assertThat(image.differences(other, NAME, TAG)).isEmpty();
        }
    }

    /** The first destination got no tag, and the report says so. */
    private void assertEndsUntouched() throws Exception {
        assertThat(process.endsWithin(Duration.ofSeconds(10))).isTrue();
        assertThat(process.exit()).as(process.err()).isEqualTo(SIGTERM);
        JsonNode first = process.report().path("destinations").path(0);
        assertThat(first.path("outcome").asText()).isEqualTo("failed");
        assertThat(first.path("reason").asText()).isEqualTo("Temporary");
        assertThat(destination.content().tags(NAME)).isEmpty();
    }

    private static List<RecordedRequest> uploads(TestingRegistry registry) {
        return registry.requests("PUT", "/v2/.+/blobs/uploads/.+");
    }

    private static String digest(RecordedRequest put) {
        return put.query().first("digest").orElseThrow();
    }
}
