package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Destinations that want the same blob meet in one read of it. */
@Timeout(60)
class BlobBroadcastsTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final byte[] content = TestingSource.content(10_000, 1);

    @AutoClose
    private final TestingSource origin = new TestingSource();

    private final Descriptor blob = origin.put(content);
    private final Rendezvous rendezvous = new Rendezvous(LONG, LONG, System::nanoTime);
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final BlobBroadcasts broadcasts = with(CopyListener.NONE);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private BlobBroadcasts with(CopyListener listener) {
        CopySettings settings = new CopySettings(1, 1000, 4, LONG, LONG, LONG, origin.retries());
        return new BlobBroadcasts(origin.behind(), rendezvous, settings, listener, executor);
    }

    private void plan(String... destinations) {
        for (String destination : destinations) {
            rendezvous.enter(destination);
            rendezvous.planned(destination, List.of(blob.digest()));
        }
    }

    private BlobSubscription subscribe(String destination) throws RegistryException {
        return broadcasts.subscribe(destination, blob, count -> {});
    }

    private static void assertFails(TestingUpload upload, ErrorKind kind) {
        assertThatThrownBy(upload::join)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void readsOnceForAllThatPlannedToHaveTheBlob() throws Throwable {
        plan("a", "b");

        TestingUpload first = TestingUpload.start(subscribe("a"));
        assertThat(broadcasts.isGathering(blob.digest())).isTrue();
        TestingUpload second = TestingUpload.start(subscribe("b"));
        first.join();
        second.join();

        assertThat(first.bytes()).isEqualTo(content);
        assertThat(second.bytes()).isEqualTo(content);
        assertThat(origin.reads(blob)).isEqualTo(1);
        assertThat(broadcasts.isGathering(blob.digest())).isFalse();
    }

    @Test
    void readsAgainForOneThatComesLater() throws Throwable {
        plan("a");

        TestingUpload.start(subscribe("a")).join();
        TestingUpload late = TestingUpload.start(subscribe("b"));
        late.join();

        assertThat(late.bytes()).isEqualTo(content);
        assertThat(origin.reads(blob)).isEqualTo(2);
    }

    @Test
    void tellsEverybodyOfAFailureAndBringsThemTogetherAgain() throws Throwable {
        plan("a", "b");
        origin.registry().fault(Fault.on("GET", ".+/blobs/.+").then(Faults.status(403)));
        TestingUpload first = TestingUpload.start(subscribe("a"));
        TestingUpload second = TestingUpload.start(subscribe("b"));
        assertFails(first, ErrorKind.ACCESS_DENIED);
        assertFails(second, ErrorKind.ACCESS_DENIED);

        TestingUpload firstAgain = TestingUpload.start(subscribe("a"));
        Awaitility.await().during(Duration.ofMillis(100)).until(() -> broadcasts.isGathering(blob.digest()));
        TestingUpload secondAgain = TestingUpload.start(subscribe("b"));
        firstAgain.join();
        secondAgain.join();

        assertThat(secondAgain.bytes()).isEqualTo(content);
        assertThat(origin.reads(blob)).as("one that failed, one for both").isEqualTo(2);
    }

    @Test
    void tellsEverybodyOfAFaultOfTheProgram() throws Throwable {
        BlobBroadcasts faulty = with(new CopyListener.Silent() {
            @Override
            public void blobStarted(Descriptor started) {
                throw new IllegalStateException("no screen");
            }
        });

        TestingUpload upload = TestingUpload.start(faulty.subscribe("a", blob, count -> {}));

        assertFails(upload, ErrorKind.INTERNAL);
    }

    @Test
    void tellsEverybodyOfAFaultThatCannotEvenBeDescribed() throws Throwable {
        BlobBroadcasts faulty = with(new CopyListener.Silent() {
            @Override
            public void blobStarted(Descriptor started) {
                throw new IllegalStateException() {
                    @Override
                    public String getMessage() {
                        throw new IllegalStateException("the message of this fault is a fault");
                    }
                };
            }
        });

        TestingUpload upload = TestingUpload.start(faulty.subscribe("a", blob, count -> {}));

        assertFails(upload, ErrorKind.INTERNAL);
    }

    @Test
    void aReadThatFailsLeavesTheNextOneOfItsBlobGathering() throws Throwable {
        plan("a", "b", "c");
        rendezvous.decided("b", blob.digest());
        rendezvous.decided("c", blob.digest());
        origin.registry().fault(Fault.on("GET", ".+/blobs/.+").then(BodyFaults.flipByte(5)));
        BlobSubscription first = subscribe("a");
        Awaitility.await().until(() -> !broadcasts.isGathering(blob.digest()));
        rendezvous.undecided("b", blob.digest());
        rendezvous.undecided("c", blob.digest());
        TestingUpload second = TestingUpload.start(subscribe("b"));

        assertFails(TestingUpload.start(first), ErrorKind.TEMPORARY);
        assertThat(broadcasts.isGathering(blob.digest())).isTrue();
        TestingUpload third = TestingUpload.start(subscribe("c"));
        rendezvous.leave("a");
        second.join();
        third.join();

        assertThat(origin.reads(blob)).as("one that failed, one for both").isEqualTo(2);
    }

    @Test
    void readsNothingWhenEverybodyHasLeftBeforeItBegins() throws Throwable {
        plan("a", "b");
        subscribe("a").close();

        rendezvous.decided("b", blob.digest());

        Awaitility.await().until(() -> !broadcasts.isGathering(blob.digest()));
        executor.shutdown();
        Awaitility.await().until(executor::isTerminated);
        assertThat(origin.reads(blob)).isZero();
    }

    @Test
    void beginsNothingOnceTheCopyWasStopped() {
        executor.shutdownNow();

        assertThatThrownBy(() -> subscribe("a")).hasMessageContaining("interrupted");
        assertThat(broadcasts.isGathering(blob.digest())).isFalse();
    }

    @Test
    void tellsEverybodyWhenTheCopyIsStoppedWhileTheyWait() throws Throwable {
        plan("a", "b");
        TestingUpload waiting = TestingUpload.start(subscribe("a"));

        executor.shutdownNow();

        assertFails(waiting, ErrorKind.TEMPORARY);
        assertThat(broadcasts.isGathering(blob.digest())).isFalse();
    }
}
