package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One read for several subscribers, some of which are slow, leave or are let go. */
@Timeout(60)
class BlobBroadcastTest {
    private static final int CHUNK = 1000;
    private static final int RING = 4;
    private static final int CHUNKS = 100;
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration NEVER = Duration.ofHours(1);

    private final byte[] content = TestingSource.content(50 * CHUNK + 7, 1);

    @AutoClose
    private final TestingSource origin = new TestingSource();

    private final SourceRepository source = origin.behind();
    private final AtomicLong progress = new AtomicLong();
    private final CopyListener listener = new CopyListener.Silent() {
        @Override
        public void blobProgress(Descriptor read, long bytes) {
            progress.addAndGet(bytes);
        }
    };
    private final Descriptor blob = origin.put(content);
    private final ChunkBudget budget = new ChunkBudget(CHUNKS);
    private BlobBroadcast broadcast = broadcast(blob, NEVER);
    private FutureTask<Void> reading;

    @AfterEach
    void stop() {
        Thread.interrupted();
    }

    private BlobBroadcast broadcast(Descriptor of, Duration lagTolerance) {
        return broadcast(of, RING, lagTolerance);
    }

    private BlobBroadcast broadcast(Descriptor of, int ring, Duration lagTolerance) {
        CopySettings settings = new CopySettings(1, CHUNK, ring, NEVER, NEVER, lagTolerance, origin.retries());
        return new BlobBroadcast(of, settings, budget);
    }

    private BlobSubscription subscription() {
        BlobSubscription subscription = new BlobSubscription("destination", broadcast, source, count -> {});
        assertThat(broadcast.join(subscription)).isTrue();
        return subscription;
    }

    /** Reads for those who joined, on a thread of its own. */
    private void read() {
        broadcast.seal();
        reading = new FutureTask<>(() -> {
            try (BlobDownload download = new BlobDownload(
                    source, broadcast.blob(), 0, broadcast.blob().digest().newHash())) {
                broadcast.reserve();
                broadcast.run(download, listener);
                broadcast.end(null);
            } catch (RegistryException e) {
                broadcast.end(e);
            }
            return null;
        });
        Thread thread = new Thread(reading, "read");
        thread.setDaemon(true);
        thread.start();
    }

    private void awaitLetGo(BlobSubscription subscription) {
        Awaitility.await().until(() -> !broadcast.subscribers().contains(subscription));
    }

    @Test
    void givesAllOfOneReadToEverybody() throws Throwable {
        TestingUpload first = TestingUpload.start(subscription());
        TestingUpload second = TestingUpload.start(subscription());

        read();
        first.join();
        second.join();

        assertThat(first.bytes()).isEqualTo(content);
        assertThat(second.bytes()).isEqualTo(content);
        assertThat(origin.reads(blob)).isEqualTo(1);
        assertThat(progress).hasValue(content.length);
    }

    @Test
    void needsNoMoreMemoryThanTheRing() throws Throwable {
        TestingUpload upload = TestingUpload.start(subscription());

        read();
        upload.join();

        assertThat(upload.bytes()).isEqualTo(content);
        assertThat(upload.buffers()).isEqualTo(RING);
    }

    @Test
    void readsNoFurtherThanTheRingBeforeTheSlowest() throws Throwable {
        TestingUpload slow = TestingUpload.heldAt(1, subscription());
        TestingUpload fast = TestingUpload.start(subscription());

        read();
        fast.awaitSize(RING * CHUNK);

        Awaitility.await()
                .during(Duration.ofMillis(200))
                .until(() -> progress.get() == RING * CHUNK && fast.size() == RING * CHUNK);
        slow.release();
        slow.join();
        fast.join();
        assertThat(slow.bytes()).isEqualTo(content);
        assertThat(origin.reads(blob)).isEqualTo(1);
    }

    @Test
    void letsOneGoThatHoldsUpTheOthersTooLong() throws Throwable {
        broadcast = broadcast(blob, AT_ONCE);
        TestingUpload slow = TestingUpload.heldAt(1, subscription());
        TestingUpload fast = TestingUpload.start(subscription());

        read();
        fast.join();

        assertThat(fast.bytes()).isEqualTo(content);
        assertThat(slow.size()).isEqualTo(CHUNK);
        slow.release();
        slow.join();
        assertThat(slow.bytes()).isEqualTo(content);
        assertThat(origin.registry()
                        .requests("GET", ".+/blobs/.+")
                        .get(1)
                        .headers()
                        .first("Range"))
                .contains("bytes=" + CHUNK + "-");
        assertThat(slow.buffers()).as("the last shared buffer and its own").isEqualTo(2);
    }

    @Test
    void letsTwoGoThatAreSlowInTheSamePlace() throws Throwable {
        broadcast = broadcast(blob, AT_ONCE);
        BlobSubscription[] subscriptions = {subscription(), subscription()};
        TestingUpload slow = TestingUpload.heldAt(1, subscriptions[0]);
        TestingUpload alike = TestingUpload.heldAt(1, subscriptions[1]);
        TestingUpload fast = TestingUpload.start(subscription());

        read();
        fast.join();
        slow.release();
        alike.release();
        slow.join();
        alike.join();

        assertThat(fast.bytes()).isEqualTo(content);
        assertThat(slow.bytes()).isEqualTo(content);
        assertThat(alike.bytes()).isEqualTo(content);
        assertThat(origin.reads(blob)).isEqualTo(3);
    }

    @Test
    void leavesTheChunkToOthersThatAreNotThroughWithIt() throws Throwable {
        broadcast = broadcast(blob, Duration.ofMillis(1));
        BlobSubscription idle = subscription();
        BlobSubscription alike = subscription();
        TestingUpload fast = TestingUpload.start(subscription());

        read();
        fast.join();

        for (BlobSubscription late : new BlobSubscription[] {idle, alike}) {
            Chunk chunk = broadcast.next(late);
            assertThat(chunk.bytes()).isEqualTo(Arrays.copyOf(content, CHUNK));
            assertThat(chunk.end()).isEqualTo(CHUNK);
            assertThat(broadcast.done(late)).as("reads on alone").isTrue();
        }
    }

    @Test
    void neverRefillsTheChunkOfOneThatIsLetGoFromARingThatIsTooSmallToShrink() throws Throwable {
        broadcast = broadcast(blob, 2, AT_ONCE);
        BlobSubscription idle = subscription();
        TestingUpload fast = TestingUpload.start(subscription());

        read();
        fast.join();

        assertThat(broadcast.next(idle).bytes()).isEqualTo(Arrays.copyOf(content, CHUNK));
        assertThat(fast.bytes()).isEqualTo(content);
    }

    @Test
    void givesOneThatIsLetGoTheChunkThatItHasNotSeenYet() throws Throwable {
        broadcast = broadcast(blob, AT_ONCE);
        BlobSubscription late = subscription();
        TestingUpload fast = TestingUpload.heldAt(RING * CHUNK, subscription());
        read();
        fast.awaitSize(RING * CHUNK);

        broadcast.next(late);
        boolean alone = broadcast.done(late);
        fast.release();
        awaitLetGo(late);
        Chunk second = broadcast.next(late);

        assertThat(alone).isFalse();
        assertThat(second.bytes()).isEqualTo(Arrays.copyOfRange(content, CHUNK, 2 * CHUNK));
        assertThat(broadcast.done(late)).isTrue();
        fast.join();
    }

    @Test
    void letsNobodyGoWhileNobodyWaits() throws Throwable {
        broadcast = broadcast(blob, AT_ONCE);
        TestingUpload slow = TestingUpload.heldAt(1, subscription());
        TestingUpload slowToo = TestingUpload.heldAt(1, subscription());

        read();
        Awaitility.await().until(() -> progress.get() == RING * CHUNK);
        Awaitility.await()
                .during(Duration.ofMillis(100))
                .until(() -> broadcast.subscribers().size() == 2);
        slow.release();
        slowToo.release();
        slow.join();
        slowToo.join();

        assertThat(slow.bytes()).isEqualTo(content);
        assertThat(slowToo.bytes()).isEqualTo(content);
    }

    @Test
    void endsTheReadWhenTheLastOneLeaves() throws Throwable {
        BlobSubscription first = subscription();
        BlobSubscription second = subscription();
        read();
        Awaitility.await().until(() -> progress.get() == RING * CHUNK);

        first.close();
        Awaitility.await().during(Duration.ofMillis(100)).until(() -> !reading.isDone());
        second.close();

        reading.get(30, TimeUnit.SECONDS);
        assertThat(progress).hasValue(RING * CHUNK);
    }

    @Test
    void goesOnForThoseWhoStayWhenASlowOneLeaves() throws Throwable {
        BlobSubscription slow = subscription();
        TestingUpload fast = TestingUpload.start(subscription());
        read();
        fast.awaitSize(RING * CHUNK);

        slow.close();
        fast.join();

        assertThat(fast.bytes()).isEqualTo(content);
    }

    @Test
    void tellsEverybodyOfAFailureAfterWhatWasReadBefore() {
        origin.registry().fault(Fault.on("GET", ".+/blobs/.+").always().then(BodyFaults.flipByte(5)));
        TestingUpload first = TestingUpload.start(subscription());
        TestingUpload second = TestingUpload.start(subscription());

        read();

        for (TestingUpload upload : new TestingUpload[] {first, second}) {
            assertThatThrownBy(upload::join)
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TEMPORARY))
                    .hasMessageContaining("was corrupted in transit");
            assertThat(upload.size()).as("the last bytes are held back").isEqualTo(50 * CHUNK);
        }
    }

    @Test
    void givesOneThatIsLateWhatWasReadBeforeTheFailure() throws Exception {
        byte[] small = Arrays.copyOf(content, 3 * CHUNK);
        broadcast = broadcast(origin.put(small), NEVER);
        BlobSubscription late = subscription();
        origin.registry().fault(Fault.on("GET", ".+/blobs/.+").always().then(BodyFaults.flipByte(2 * CHUNK)));
        read();
        reading.get(30, TimeUnit.SECONDS);

        for (int i = 0; i < 2; i++) {
            assertThat(broadcast.next(late).bytes()).isEqualTo(Arrays.copyOfRange(small, i * CHUNK, (i + 1) * CHUNK));
            broadcast.done(late);
        }
        assertThatThrownBy(() -> broadcast.next(late)).hasMessageContaining("was corrupted in transit");
    }

    @Test
    void givesItsMemoryBackWhenAllAreThrough() throws Throwable {
        TestingUpload upload = TestingUpload.start(subscription());

        read();
        upload.join();

        awaitAllMemoryBack();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, RING})
    void givesBackTheMemoryOfOneThatWasLetGo(int ring) throws Throwable {
        broadcast = broadcast(blob, ring, AT_ONCE);
        BlobSubscription slow = subscription();
        TestingUpload fast = TestingUpload.start(subscription());

        read();
        fast.join();
        reading.get(30, TimeUnit.SECONDS);
        assertThat(budget.tryTake(CHUNKS - 1)).as("the slow one holds two").isFalse();
        slow.close();

        awaitAllMemoryBack();
    }

    private void awaitAllMemoryBack() {
        Awaitility.await().until(() -> budget.tryTake(CHUNKS));
        assertThat(budget.tryTake(1)).as("more than there was").isFalse();
    }

    @Test
    void verifiesAnEmptyBlob() {
        Descriptor other = new Descriptor(blob.mediaType(), blob.digest(), 0);
        broadcast = broadcast(other, NEVER);
        TestingUpload upload = TestingUpload.start(subscription());

        read();

        assertThatThrownBy(upload::join).hasMessageContaining("was corrupted in transit");
    }

    @Test
    void letsNobodyJoinOnceItHasBegun() {
        broadcast.seal();

        assertThat(broadcast.join(new BlobSubscription("late", broadcast, source, count -> {})))
                .isFalse();
        assertThat(broadcast.seal()).as("somebody takes part").isFalse();
    }

    @Test
    void givesAnEmptyBlobToEverybody() throws Throwable {
        broadcast = broadcast(origin.put(new byte[0]), NEVER);
        TestingUpload upload = TestingUpload.start(subscription());

        read();
        upload.join();

        assertThat(upload.size()).isZero();
    }

    @Test
    void stopsWaitingWhenInterrupted() {
        BlobSubscription subscription = subscription();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> broadcast.next(subscription)).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();

        Thread.currentThread().interrupt();
        assertThatThrownBy(subscription::awaitStart).hasMessageContaining("interrupted");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
