package dev.imagemirror.operator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.dynamodb.item.StatusItem;
import dev.imagemirror.operator.port.ClusterNames;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.testing.ClusterNamesContract;
import dev.imagemirror.operator.testing.TestingValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DynamoClusterNamesIT extends ClusterNamesContract {
    @AutoClose
    private final LocalDynamo dynamo = new LocalDynamo();

    @Override
    protected ClusterNames names() {
        return new DynamoClusterNames(dynamo.client(), dynamo.status, delay -> {}, new SplittableRandom(1));
    }

    @Test
    void leavesANameOfANewerOperatorAlone() {
        dynamo.makeNewer(StatusItem.clusterKey("prod"));

        assertThatExceptionOfType(PortException.class)
                .isThrownBy(() -> names().claim("prod", "uid-1"))
                .withMessageContaining("upgrade this operator");
    }

    @Test
    void listingsAndStreamsIgnoreClusterNames() {
        TestingListener heard = new TestingListener();
        try (StreamsChangeFeed feed = new StreamsChangeFeed(
                dynamo.client(),
                dynamo.streams(),
                dynamo.status,
                Duration.ofMillis(20),
                delay -> Thread.onSpinWait(),
                new SplittableRandom(1))) {
            feed.start(heard);
            names().claim("prod", "uid-1");
            dynamo.statusTable().write(TestingValues.full("a/b:1", "x/y:1"));
            await().untilAsserted(() -> assertThat(heard.sources()).containsExactly("a/b:1"));
        }
        List<EntryKey> found = Collections.synchronizedList(new ArrayList<>());
        dynamo.statusTable().scan(entry -> found.add(entry.key()), pair -> found.add(pair.entry()), item -> {});
        assertThat(found).containsExactly(new EntryKey("a/b:1"));
        assertThat(dynamo.statusTable().load(new EntryKey("#cluster/prod")).pairs())
                .extracting(PairStatus::destination)
                .isEmpty();
    }
}
