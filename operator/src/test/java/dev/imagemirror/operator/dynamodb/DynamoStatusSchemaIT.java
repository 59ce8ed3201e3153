package dev.imagemirror.operator.dynamodb;

import static dev.imagemirror.operator.testing.TestingValues.claim;
import static dev.imagemirror.operator.testing.TestingValues.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.dynamodb.item.StatusItem;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.PortException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that a newer operator wrote, or that somebody spoilt. */
class DynamoStatusSchemaIT {
    private static final PairStatus PAIR = fresh("a.example/b:1", "x.example/y:1");

    @AutoClose
    private final LocalDynamo dynamo = new LocalDynamo();

    private final DynamoStatusTable table = dynamo.statusTable();

    @Test
    void refusesToOverwriteAPairOfANewerOperator() {
        table.write(PAIR);
        put(StatusItem.pairKey(PAIR.entry(), PAIR.destination()), Map.of("SchemaVersion", AttributeValue.fromN("2")));
        dynamo.putRow(PAIR.entry().text(), Map.of());
        MirrorRow row = new MirrorRow(PAIR.entry(), Map.of());
        PairStatus read = table.load(PAIR.entry()).refused().pairs().get(0);
        PairStatus other = fresh(PAIR.entry().text(), "x.example/y:2");

        refused(() -> table.write(read));
        refused(() -> table.change(List.of(read)));
        refused(() -> table.change(List.of(other, read)));
        refused(() -> table.claim(row, List.of(read.withClaim(claim("aa")))));
        refused(() -> table.remove(read));

        assertThat(table.load(PAIR.entry()).pairs()).isEmpty();
        assertThat(table.load(PAIR.entry()).shown()).containsExactly(read);
    }

    @Test
    void refusesToOverwriteASummaryOfANewerOperator() {
        EntryStatus summary = EntryStatus.fresh(PAIR.entry());
        table.write(summary);
        put(StatusItem.entryKey(PAIR.entry()), Map.of("SchemaVersion", AttributeValue.fromN("2")));

        refused(() -> table.write(summary.at(1)));
        refused(() -> table.remove(summary.at(1)));

        EntryRecords read = table.load(PAIR.entry());
        assertThat(read.refused().summary()).isTrue();
        assertThat(read.entry().summary().message())
                .endsWith("the summary was written by a newer version (schema 2); upgrade this operator");
        assertThat(read.entry().summary().isRefused()).isTrue();
    }

    @Test
    void scanSeparatesCorruptItemsFromTheOthers() {
        table.write(PAIR);
        put(key("x.example/y"), Map.of());
        put(key("x.example/y:a/b"), Map.of("Claim", AttributeValue.fromS("?")));
        List<PairStatus> pairs = Collections.synchronizedList(new ArrayList<>());
        List<UnreadableItem> unreadable = Collections.synchronizedList(new ArrayList<>());

        table.scan(entry -> {}, pairs::add, unreadable::add);

        assertThat(pairs).containsExactly(PAIR.at(1));
        assertThat(unreadable).extracting(UnreadableItem::removable).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void removesACorruptItemOnly() {
        table.write(PAIR);
        put(key("x.example/y:a/b"), Map.of("Drift", AttributeValue.fromS("Sideways")));
        put(StatusItem.entryKey(PAIR.entry()), Map.of("Version", AttributeValue.fromS("one")));

        EntryRecords read = table.load(PAIR.entry());

        assertThat(read.pairs()).containsExactly(PAIR.at(1));
        assertThat(read.entry()).isEqualTo(EntryStatus.fresh(PAIR.entry()));
        assertThat(read.refused().items())
                .hasSize(2)
                .allMatch(UnreadableItem::removable)
                .allMatch(item -> table.discard(item))
                .as("gone already")
                .allMatch(item -> table.discard(item));
        assertThat(table.load(PAIR.entry()))
                .isEqualTo(new EntryRecords(EntryStatus.fresh(PAIR.entry()), List.of(PAIR.at(1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Claim", "EndedClaims"})
    void neverRemovesAnItemThatHoldsAClaim(String attribute) {
        Map<String, AttributeValue> key = key("x.example/y:a/b");
        put(key, Map.of());
        UnreadableItem read = table.load(PAIR.entry()).refused().items().get(0);
        put(key, Map.of(attribute, AttributeValue.fromS("?")));

        assertThat(table.discard(read)).isFalse();

        assertThat(table.load(PAIR.entry()).refused().items())
                .singleElement()
                .satisfies(item -> assertThat(item.removable()).isFalse())
                .satisfies(item -> assertThat(item.fault()).contains("x.example/y:a/b", "cannot be read"));
    }

    @Test
    void doesNotRemoveAnItemThatWasCorrectedMeanwhile() {
        put(StatusItem.entryKey(PAIR.entry()), Map.of("Version", AttributeValue.fromS("one")));
        UnreadableItem read = table.load(PAIR.entry()).refused().items().get(0);
        put(StatusItem.entryKey(PAIR.entry()), Map.of("Version", AttributeValue.fromN("1")));

        assertThat(table.discard(read)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Drift", "Attempts", "History", "SourceReference", "DestinationReference", "ObservedAt"})
    void rewritesAPairWithACorruptAttribute(String attribute) {
        table.write(PAIR);
        put(StatusItem.pairKey(PAIR.entry(), PAIR.destination()), Map.of(attribute, AttributeValue.fromBool(true)));
        PairStatus read = table.load(PAIR.entry()).pairs().get(0);

        assertThat(table.write(PAIR.at(read.version()))).isTrue();

        assertThat(table.load(PAIR.entry()).pairs()).containsExactly(PAIR.at(2));
    }

    @ParameterizedTest
    @MethodSource("owners")
    void ownerItemWithoutNameHasNoOwner(AttributeValue owner) {
        Map<String, AttributeValue> key = StatusItem.ownerKey(PAIR.destination());
        put(key, Map.of("Owner", owner, "Version", AttributeValue.fromN("3")));
        assertThat(table.ownerOf(PAIR.destination())).isEmpty();
        put(key, Map.of("Owner", owner));
        dynamo.putRow(PAIR.entry().text(), Map.of());
        MirrorRow row = new MirrorRow(PAIR.entry(), Map.of());
        assertThat(table.claim(row, List.of(PAIR.withClaim(claim("aa"))))).isEqualTo(new ClaimResult.Changed());
        assertThat(table.claim(row, List.of(PAIR.withClaim(claim("aa"))))).isEqualTo(new ClaimResult.Claimed());
        put(key, Map.of("Owner", owner));

        assertThat(table.own(PAIR.destination(), PAIR.entry())).isEqualTo(PAIR.entry());
    }

    static List<AttributeValue> owners() {
        return List.of(
                AttributeValue.fromS(""),
                AttributeValue.fromN("1"),
                AttributeValue.fromNul(true),
                AttributeValue.fromL(List.of()));
    }

    private static Map<String, AttributeValue> key(String destination) {
        return StatusItem.key(PAIR.entry().text(), destination);
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
        assertThatExceptionOfType(PortException.class).isThrownBy(write).withMessageContaining("schema 2");
    }
}
