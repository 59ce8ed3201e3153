package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.Latches;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A destination that takes its time beside others that do not. */
@Timeout(120)
class SlowDestinationIT {
    /** Much more than the sockets between client and registry hold by themselves. */
    private static final int LAYER_BYTES = 32 << 20;

    private static final int STOPPED_AT = 100_000;

    @AutoClose
    private final TestingCopy copy = TestingCopy.toThree().lagTolerance(Duration.ofSeconds(2));

    private final TestingImage image = TestingImage.manifest()
            .layers(LayerKind.TAR, 1, LAYER_BYTES, 1)
            .build()
            .storedIn(copy.source(), TestingCopy.NAME, TestingCopy.TAG);
    private final TestingBlob layer = image.blobs().get(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<DestinationReport> ended = new CopyOnWriteArrayList<>();
    private final CopyListener listener = new CopyListener.Silent() {
        @Override
        public void destinationDone(DestinationReport report) {
            ended.add(report);
        }
    };

    @BeforeEach
    void fillSource() {
        // the config is there, so that the layer is the only upload
        copy.destination(0)
                .content()
                .putBlob(TestingCopy.NAME, image.blobs().get(0).bytes());
    }

    @AfterEach
    void stop() {
        goOn.countDown();
    }

    private void commitOnLayer(Interceptor action) {
        copy.destination(0).fault(Fault.on("PUT", "/v2/.+/blobs/uploads/.+").then(action));
    }

    private CompletableFuture<CopyReport> startAndAwaitTheFastOnes() {
        CompletableFuture<CopyReport> running = CompletableFuture.supplyAsync(() -> copy.copy(listener));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ended.size() >= 2 || running.isDone());
        return running;
    }

    @Test
    void fastOnesEndWhileTheSlowOneIsStillBlocked() {
        commitOnLayer(BodyFaults.runWithinRequest(STOPPED_AT, () -> Latches.await(goOn)));

        CompletableFuture<CopyReport> running = startAndAwaitTheFastOnes();

        assertThat(running).isNotDone();
        assertThat(ended)
                .hasSize(2)
                .allSatisfy(report -> assertThat(report.outcome()).isEqualTo(Outcome.COPIED));
        TestingCopy.assertEqual(image, copy.destination(1));
        TestingCopy.assertEqual(image, copy.destination(2));
        assertThat(copy.destination(0).content().tags(TestingCopy.NAME)).isEmpty();

        goOn.countDown();

        assertThat(running.join().isComplete()).isTrue();
        TestingCopy.assertEqual(image, copy.destination(0));
    }

    @Test
    void theSlowOneReadsOnAloneFromWhereItWas() {
        commitOnLayer(BodyFaults.runWithinRequest(STOPPED_AT, () -> Latches.await(goOn)));
        CompletableFuture<CopyReport> running = startAndAwaitTheFastOnes();
        goOn.countDown();
        CopyReport report = running.join();

        List<RecordedRequest> reads = copy.reads(layer.digest());
        assertThat(reads).hasSize(2);
        String range = reads.get(1).headers().first("Range").orElseThrow();
        long from = Long.parseLong(range.substring("bytes=".length(), range.length() - 1));
        assertThat(from).isBetween((long) STOPPED_AT, (long) layer.size() - 1);
        assertThat(reads.get(1).bytesSent()).isEqualTo(layer.size() - from);
        assertThat(report.sourceBytes()).isEqualTo(image.blobBytes() + layer.size() - from);
        assertThat(copy.destination(0).requests("PUT", "/v2/.+/blobs/uploads/.+"))
                .hasSize(1);
    }

    @Test
    void theSlowOneVerifiesWhatItReadsAlone() {
        commitOnLayer(BodyFaults.runWithinRequest(STOPPED_AT, () -> Latches.await(goOn)));
        copy.source()
                .fault(Fault.on("GET", TestingCopy.blobPath(layer.digest()))
                        .skip(1)
                        .then(BodyFaults.flipByte(5)));
        CompletableFuture<CopyReport> running = startAndAwaitTheFastOnes();
        goOn.countDown();

        assertThat(running.join().isComplete()).isTrue();
        TestingCopy.assertEqual(image, copy.destination(0));
        // the altered rest was noticed, and all of it read once more
        assertThat(copy.reads(layer.digest())).hasSize(3);
    }

    @Test
    void oneThatStopsReadingIsGivenUpAndTheOthersAreComplete() {
        copy.responseTimeout(Duration.ofSeconds(2)).attempts(1);
        commitOnLayer(BodyFaults.stallRequestAfter(STOPPED_AT));

        CopyReport report = copy.copy();

        assertThat(report.destinations())
                .extracting(DestinationReport::outcome)
                .containsExactly(Outcome.FAILED, Outcome.COPIED, Outcome.COPIED);
        assertThat(report.destinations().get(0).errorKind()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(copy.destination(0).content().tags(TestingCopy.NAME)).isEmpty();
        TestingCopy.assertEqual(image, copy.destination(1));
    }

    @Test
    void oneThatStopsReadingOnceGetsTheBlobInAnotherSession() {
        copy.responseTimeout(Duration.ofSeconds(2));
        commitOnLayer(BodyFaults.stallRequestAfter(STOPPED_AT));

        assertThat(copy.copy().isComplete()).isTrue();

        TestingCopy.assertEqual(image, copy.destination(0));
    }

    @Test
    void oneThatNeverAnswersIsGivenUpAndTheOthersAreComplete() {
        copy.responseTimeout(Duration.ofSeconds(2)).attempts(1);
        copy.destination(0).fault(Fault.on("POST", ".*").always().then(Faults.stall()));

        CopyReport report = copy.copy();

        assertThat(report.destinations())
                .extracting(DestinationReport::errorKind)
                .containsExactly(ErrorKind.TEMPORARY, null, null);
        assertThat(copy.reads(layer.digest())).hasSize(1);
        TestingCopy.assertEqual(image, copy.destination(1));
        TestingCopy.assertEqual(image, copy.destination(2));
    }
}
