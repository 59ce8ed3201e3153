package dev.imagemirror.operator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class StreamsChangeFeedTest {
    private static final Duration INTERVAL = Duration.ofMillis(300);

    private final TestingTables tables = new TestingTables();
    private final TestingStreams streams = new TestingStreams();
    private final TestingListener heard = new TestingListener();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    @AutoClose
    private final StreamsChangeFeed feed =
            new StreamsChangeFeed(tables, streams, "mirrors", INTERVAL, this::pauseShortly, new SplittableRandom(1));

    @Test
    void hearsOfWhatChangesRightAfterStart() {
        streams.open("a", null);
        streams.put("a", "before");
        feed.start(heard);

        streams.put("a", "one");

        await().untilAsserted(() -> assertThat(heard.sources()).containsExactly("one"));
        assertThat(heard.losses()).isZero();
        assertThat(pauses).contains(INTERVAL);
    }

    @Test
    void goesOnAfterFailuresAndMissesNothing() {
        streams.open("a", null);
        feed.start(heard);

        streams.failReads(sorry(), sorry(), sorry(), new IllegalArgumentException("strange"));
        streams.put("a", "one");

        await().untilAsserted(() -> assertThat(heard.sources()).containsExactly("one"));
        assertThat(heard.losses()).isZero();
        assertThat(pauses).anyMatch(pause -> pause.compareTo(INTERVAL) > 0);
    }

    @Test
    void resubscribesToAMissingStreamAndReportsLostChanges() {
        streams.open("a", null);
        feed.start(heard);

        streams.failReads(
                ResourceNotFoundException.builder().message("no such stream").build());
        await().untilAsserted(() -> assertThat(heard.losses()).isEqualTo(1));
        streams.put("a", "one");

        await().untilAsserted(() -> assertThat(heard.sources()).containsExactly("one"));
    }

    @Test
    void waitsForATableThatHasNoStreamYet() {
        tables.streamIs(null);
        streams.open("a", null);
        feed.start(heard);

        tables.streamIs(TestingStreams.ARN);
        await().untilAsserted(() -> assertThat(heard.losses()).isEqualTo(1));
        streams.put("a", "one");

        await().untilAsserted(() -> assertThat(heard.sources()).containsExactly("one"));
    }

    @Test
    void reportsLostChangesOnceForAReenabledStream() {
        streams.open("a", null);
        feed.start(heard);
        streams.disable();
        await().until(() ->
                pauses.stream().filter(pause -> pause.compareTo(INTERVAL) > 0).count() > 3);
        assertThat(heard.losses()).isZero();

        streams.open("b", null);
        streams.enable();

        await().untilAsserted(() -> assertThat(heard.losses()).isEqualTo(1));
    }

    @Test
    void stopsWhileItPauses() {
        StreamsChangeFeed sleeping = new StreamsChangeFeed(
                tables,
                streams,
                "mirrors",
                INTERVAL,
                delay -> Thread.currentThread().join(),
                new SplittableRandom(1));
        streams.open("a", null);
        sleeping.start(heard);

        sleeping.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("mirror-table-stream") && thread.isAlive());
    }

    @Test
    void hearsNothingOnceClosed() {
        streams.open("a", null);
        feed.start(heard);
        feed.close();

        streams.put("a", "late");

        await().during(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(heard.sources()).isEmpty());
    }

    private void pauseShortly(Duration delay) throws InterruptedException {
        pauses.add(delay);
        LockSupport.parkNanos(200_000);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static RuntimeException sorry() {
        return InternalServerErrorException.builder().message("sorry").build();
    }
}
