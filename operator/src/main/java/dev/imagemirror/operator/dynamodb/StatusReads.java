package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.reconcile.EntryRecords;
import dev.imagemirror.operator.reconcile.PortException;
import dev.imagemirror.operator.reconcile.StatusTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Reads the status table. */
final class StatusReads {
    private static final Logger LOG = LoggerFactory.getLogger(StatusReads.class);

    private final DynamoDbClient client;
    private final String table;
    private final TableCalls calls;

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
        Collected collected = new Collected(EntryStatus.fresh(key));
        Map<String, AttributeValue> next = null;
        do {
            QueryRequest page = query.toBuilder().exclusiveStartKey(next).build();
            QueryResponse response = calls.call(() -> client.query(page));
            response.items().forEach(collected::add);
            next = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null;
        } while (next != null);
        return new EntryRecords(collected.entry, collected.pairs);
    }

    /** Hands out what can be read; one item that cannot keeps nobody from the others. */
    void scan(Consumer<EntryStatus> entries, Consumer<PairStatus> pairs) {
        Expressions wanted = StatusItem.notOwner(new Expressions());
        ScanRequest request = ScanRequest.builder()
                .tableName(table)
                .filterExpression(wanted.condition())
                .expressionAttributeNames(wanted.names())
                .expressionAttributeValues(wanted.values())
                .build();
        new ParallelScan(client, calls).scan(request, item -> {
            try {
                handOut(item, entries, pairs);
            } catch (UnreadableItemException e) {
                LOG.warn("left out: {}", e.getMessage());
            }
        });
    }

    /** Who has a destination, or null. */
    StatusTable.Owner owner(ImageReference destination) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table)
                .key(StatusItem.ownerKey(destination))
                .consistentRead(true)
                .build();
        GetItemResponse response = calls.call(() -> client.getItem(request));
        return response.hasItem() ? ownerOf(response.item()) : null;
    }

    static StatusTable.Owner ownerOf(Map<String, AttributeValue> item) {
        String owner = item.get(StatusItem.OWNER).s();
        return new StatusTable.Owner(new EntryKey(owner), StatusItem.version(ItemReader.of(item)));
    }

    private static void handOut(
            Map<String, AttributeValue> item, Consumer<EntryStatus> entries, Consumer<PairStatus> pairs) {
        if (StatusItem.isEntry(item)) {
            entries.accept(readable(item, EntryStatusMapper::status));
        } else if (!StatusItem.isApart(item)) {
            pairs.accept(readable(item, PairStatusMapper::status));
        }
    }

    private static <T> T readable(Map<String, AttributeValue> item, Function<Map<String, AttributeValue>, T> meaning) {
        try {
            return meaning.apply(item);
        } catch (RuntimeException e) {
            throw new UnreadableItemException(item, e);
        }
    }

    /** What a query found so far. */
    private static final class Collected {
        private final List<PairStatus> pairs = new ArrayList<>();
        private EntryStatus entry;

        Collected(EntryStatus entry) {
            this.entry = entry;
        }

        void add(Map<String, AttributeValue> item) {
            try {
                handOut(item, summary -> entry = summary, pairs::add);
            } catch (UnreadableItemException e) {
                throw new PortException(e.getMessage(), e);
            }
        }
    }
}
