package dev.imagemirror.operator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamsChangeFeedIT {
    private final LocalDynamo dynamo = new LocalDynamo();
    private final TestingListener heard = new TestingListener();
    private final StreamsChangeFeed feed = new StreamsChangeFeed(
            dynamo.client(),
            dynamo.streams(),
            dynamo.mirrors,
            Duration.ofMillis(20),
            StreamsChangeFeedIT::pause,
            new SplittableRandom(1));

    @AfterEach
    void stop() {
        feed.close();
        dynamo.close();
    }

    @Test
    void hearsOfARowPutEditedAndRemoved() {
        dynamo.putRow("before/start:1", Map.of("Destination", "x/y:1"));
        feed.start(heard);

        dynamo.putRow("a/b:1", Map.of("Destination", "x/y:1"));
        await().untilAsserted(() -> assertThat(heard.sources()).hasSize(1));
        dynamo.putRow("a/b:1", Map.of("Destination", "x/y:2"));
        await().untilAsserted(() -> assertThat(heard.sources()).hasSize(2));
        dynamo.removeRow("a/b:1");
        await().untilAsserted(() -> assertThat(heard.sources()).hasSize(3));

        assertThat(heard.sources()).containsOnly("a/b:1");
        assertThat(heard.losses()).isZero();
    }

    @Test
    void hearsOfEveryOneOfManyChanges() {
        feed.start(heard);
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            sources.add("a/b:" + i);
            dynamo.putRow("a/b:" + i, Map.of("Destination", "x/y"));
        }

        await().untilAsserted(() -> assertThat(heard.sources()).containsExactlyInAnyOrderElementsOf(sources));
    }

    private static void pause(Duration delay) throws InterruptedException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delay.toMillis()));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
