package dev.imagemirror.operator.dynamodb;

import static dev.imagemirror.operator.testing.TestingValues.claim;
import static dev.imagemirror.operator.testing.TestingValues.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.reconcile.PortException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that a newer operator wrote, or that somebody spoilt. */
class DynamoStatusSchemaIT {
    private static final PairStatus PAIR = fresh("a.example/b:1", "x.example/y:1");

    private final LocalDynamo dynamo = new LocalDynamo();
    private final DynamoStatusTable table = dynamo.statusTable();

    @AfterEach
    void stop() {
        dynamo.close();
    }

    @Test
    void refusesToOverwriteAPairOfANewerOperator() {
        table.write(PAIR);
        put(StatusItem.pairKey(PAIR.entry(), PAIR.destination()), Map.of("SchemaVersion", AttributeValue.fromN("2")));
        dynamo.putRow(PAIR.entry().text(), Map.of());
        MirrorRow row = new MirrorRow(PAIR.entry(), Map.of());
        PairStatus read = table.load(PAIR.entry()).pairs().get(0);
        PairStatus other = fresh(PAIR.entry().text(), "x.example/y:2");

        refused(() -> table.write(read));
        refused(() -> table.change(List.of(read)));
        refused(() -> table.change(List.of(other, read)));
        refused(() -> table.claim(row, List.of(read.withClaim(claim("aa")))));
        refused(() -> table.remove(read));

        assertThat(table.load(PAIR.entry()).pairs()).containsExactly(read);
    }

    @Test
    void refusesToOverwriteASummaryOfANewerOperator() {
        EntryStatus summary = EntryStatus.fresh(PAIR.entry());
        table.write(summary);
        put(StatusItem.entryKey(PAIR.entry()), Map.of("SchemaVersion", AttributeValue.fromN("2")));

        refused(() -> table.write(summary.at(1)));
        refused(() -> table.remove(summary.at(1)));

        assertThat(table.load(PAIR.entry()).entry()).isEqualTo(summary.at(1));
    }

    @Test
    void scansEverythingButASpoiltItem() {
        table.write(PAIR);
        put(StatusItem.pairKey(PAIR.entry(), PAIR.destination().withTag("2")), Map.of());
        List<PairStatus> pairs = Collections.synchronizedList(new ArrayList<>());

        table.scan(entry -> {}, pairs::add);

        assertThat(pairs).containsExactly(PAIR.at(1));
    }

    @Test
    void namesASpoiltItemThatIsLoaded() {
        put(StatusItem.pairKey(PAIR.entry(), PAIR.destination()), Map.of("Drift", AttributeValue.fromS("Sideways")));

        assertThatExceptionOfType(PortException.class)
                .isThrownBy(() -> table.load(PAIR.entry()))
                .withMessageContainingAll("a.example/b:1", "x.example/y:1", "SourceReference");
    }

    private void put(Map<String, AttributeValue> key, Map<String, AttributeValue> changes) {
        Map<String, AttributeValue> item = new HashMap<>(dynamo.client()
                .getItem(get -> get.tableName(dynamo.status).key(key))
                .item());
        item.putAll(key);
        item.putAll(changes);
        dynamo.putStatus(item);
    }

    private static void refused(ThrowingCallable write) {
        assertThatExceptionOfType(PortException.class).isThrownBy(write).withMessageContaining("schema version 2");
    }
}
