package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Digest;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C on a terminal on which the progress bars are drawn. */
class TerminalIT {
    private static final int SIGINT = 130;

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    private final TestingImage image = TestingImage.manifest()
            .layers(LayerKind.TAR, 1, 20_000, 1)
            .layers(LayerKind.TAR, 1, 4 << 20, 2)
            .build();

    @TempDir
    private Path directory;

    @AutoClose
    private RunningMirror mirror;

    @Test
    void ctrlCEndsTheCopyInOrderWhileBarsAreDrawn() throws Exception {
        startWithStalled(".+");
        awaitOnScreen("total +0%");

        mirror.pressCtrlC();

        assertEndsInOrder();
    }

    @Test
    void ctrlCEndsTheCopyInOrderWhenABarHasAlreadyEnded() throws Exception {
        TestingBlob layer = image.blobs().get(1);
        TestingBlob slowLayer = image.blobs().get(2);
        startWithStalled(slowLayer.digest());
        awaitOnScreen(name(layer) + " +100%");
        awaitOnScreen(name(slowLayer) + " +\\d+%");

        mirror.pressCtrlC();

        assertEndsInOrder();
    }

    /** Starts a copy that never gets more than a part of these blobs. */
    private void startWithStalled(String blobs) throws IOException {
        image.putInto(source, "app", "1");
        source.fault(Fault.on("GET", "/v2/app/blobs/" + blobs).always().then(BodyFaults.stallResponseAfter(100_000)));
        mirror = RunningMirror.startOnTerminal(
                directory, source.reference("app", "1"), destination.reference("app", "1"));
        mirror.requireInterrupts();
    }

    private void awaitOnScreen(String expression) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .failFast("the process ended by itself", () -> !mirror.isAlive())
                .untilAsserted(() -> assertThat(mirror.out()).containsPattern(expression));
    }

    /** The first characters of its digest, by which its bar is called. */
    private static String name(TestingBlob blob) {
        return Digest.parse(blob.digest()).hex().substring(0, 12);
    }

    private void assertEndsInOrder() throws InterruptedException {
        assertThat(mirror.endsWithin(Duration.ofSeconds(10))).as(mirror.out()).isTrue();
        assertThat(mirror.exit()).as(mirror.out()).isEqualTo(SIGINT);
        assertThat(mirror.out()).containsOnlyOnce(ReportLine.PREFIX).contains("\"outcome\":\"failed\"");
        assertThat(List.copyOf(destination.content().tags("app"))).isEmpty();
    }
}
