package dev.imagemirror.operator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.testing.TestingValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class StreamsChangeFeedIT {
    @AutoClose
    private final LocalDynamo dynamo = new LocalDynamo();

    private final TestingListener heard = new TestingListener();

    @AutoClose
    private final StreamsChangeFeed feed = feedOf(dynamo.mirrors);

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
    void hearsOfTheStatusTablesEntriesAndPairsAndNotOfItsOwners() {
        try (StreamsChangeFeed statuses = feedOf(dynamo.status)) {
            statuses.start(heard);
            DynamoStatusTable table = dynamo.statusTable();
            table.own(ImageReference.parse("x/y:1"), new EntryKey("owner/only:1"));
            table.write(TestingValues.full("a/b:1", "x/y:1"));
            table.write(TestingValues.fullEntry("c/d:1"));

            await().untilAsserted(() -> assertThat(heard.sources()).containsExactlyInAnyOrder("a/b:1", "c/d:1"));
        }
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

    private StreamsChangeFeed feedOf(String table) {
        return new StreamsChangeFeed(
                dynamo.client(),
                dynamo.streams(),
                table,
                Duration.ofMillis(20),
                StreamsChangeFeedIT::pause,
                new SplittableRandom(1));
    }

    private static void pause(Duration delay) throws InterruptedException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delay.toMillis()));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
