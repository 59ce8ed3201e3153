package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.dynamodb.item.Expressions;
import dev.imagemirror.operator.dynamodb.item.ItemReader;
import dev.imagemirror.operator.dynamodb.item.StatusItem;
import dev.imagemirror.operator.dynamodb.item.StatusItemListener;
import dev.imagemirror.operator.dynamodb.item.StatusItemSorter;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.StatusTable;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Reads the status table. */
final class StatusReads {
    private final DynamoDbClient client;
    private final String table;
    private final TableCalls calls;
    private final StatusItemSorter sorter = new StatusItemSorter();

    StatusReads(DynamoDbClient client, String table, TableCalls calls) {
        this.client = client;
        this.table = table;
        this.calls = calls;
    }

    EntryRecords load(EntryKey key) {
        Expressions expressions = new Expressions().require(StatusItem.SOURCE, AttributeValue.fromS(key.text()));
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression(expressions.condition())
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .build();
        CollectedItems collected = new CollectedItems(EntryStatus.fresh(key));
        Map<String, AttributeValue> next = null;
        do {
            QueryRequest page = query.toBuilder().exclusiveStartKey(next).build();
            QueryResponse response = calls.call(() -> client.query(page));
            response.items().forEach(item -> sorter.handOut(item, collected));
            next = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null;
        } while (next != null);
        return collected.records();
    }

    /** Passes on everything; an unreadable item does not stop the scan. */
    void scan(Consumer<EntryStatus> entries, Consumer<PairStatus> pairs, Consumer<UnreadableItem> unreadable) {
        Expressions wanted = StatusItem.notOwner(new Expressions());
        ScanRequest request = ScanRequest.builder()
                .tableName(table)
                .filterExpression(wanted.condition())
                .expressionAttributeNames(wanted.names())
                .expressionAttributeValues(wanted.values())
                .build();
        StatusItemListener listener = new StatusItemListener() {
            @Override
            public void summary(EntryStatus summary, boolean refused) {
                entries.accept(summary);
            }

            @Override
            public void pair(PairStatus pair, boolean refused) {
                pairs.accept(pair);
            }

            @Override
            public void unreadable(UnreadableItem item) {
                unreadable.accept(item);
            }
        };
        new ParallelScan(client, calls).scan(request, item -> sorter.handOut(item, listener));
    }

    /** The item, if any. */
    @Nullable
    Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table)
                .key(key)
                .consistentRead(true)
                .build();
        GetItemResponse response = calls.call(() -> client.getItem(request));
        return response.hasItem() ? response.item() : null;
    }

    /**
     * The destination's owner.
     *
     * @throws PortException if its owner item cannot be read
     */
    StatusTable.@Nullable Owner owner(ImageReference destination) {
        Map<String, AttributeValue> item = item(StatusItem.ownerKey(destination));
        if (item == null) {
            return null;
        }
        StatusTable.Owner owner = ownerOf(item);
        if (owner == null) {
            throw new PortException(StatusItem.name(item) + " in the status table names no owner", null);
        }
        return owner;
    }

    /** The owner; null if the item names none. */
    static StatusTable.@Nullable Owner ownerOf(Map<String, AttributeValue> item) {
        AttributeValue owner = item.get(StatusItem.OWNER);
        return owner == null || owner.s() == null || owner.s().isEmpty() || StatusItem.fault(item) != null
                ? null
                : new StatusTable.Owner(new EntryKey(owner.s()), StatusItem.version(ItemReader.of(item)));
    }
}
