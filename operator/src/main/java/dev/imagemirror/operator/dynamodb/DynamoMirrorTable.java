package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import dev.imagemirror.operator.dynamodb.item.Expressions;
import dev.imagemirror.operator.dynamodb.item.MirrorRowMapper;
import dev.imagemirror.operator.dynamodb.item.Values;
import dev.imagemirror.operator.engine.Pause;
import dev.imagemirror.operator.port.MirrorTable;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The mirror table in DynamoDB. Unknown attributes are preserved; only {@link #load} reports their names. Thread-safe.
 */
public final class DynamoMirrorTable implements MirrorTable {
    private final DynamoDbClient client;
    private final String table;
    private final TableCalls calls;
    private final ParallelScan scans;

    /** Uses the table of that name. */
    public DynamoMirrorTable(DynamoDbClient client, String table, Pause pause, RandomGenerator random) {
        this.client = client;
        this.table = table;
        this.calls = new TableCalls(table, pause, random);
        this.scans = new ParallelScan(client, calls);
    }

    @Override
    public void scan(Consumer<MirrorRow> rows) {
        scans.scan(ScanRequest.builder().tableName(table).build(), item -> rows.accept(MirrorRowMapper.row(item)));
    }

    @Override
    public Optional<MirrorRow> load(EntryKey key) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table)
                .key(MirrorRowMapper.key(key))
                .consistentRead(true)
                .build();
        GetItemResponse response = calls.call(() -> client.getItem(request));
        return response.hasItem() ? Optional.of(MirrorRowMapper.row(response.item())) : Optional.empty();
    }

    @Override
    public boolean put(MirrorRow row, String manager) {
        Expressions update = new Expressions();
        for (String name : RowAttributes.NAMES) {
            Object value = row.attributes().get(name);
            update.set(name, value == null ? null : Values.attribute(value));
        }
        return update(row.key(), free(update, manager));
    }

    @Override
    public boolean delete(EntryKey key, String manager) {
        Expressions delete = free(new Expressions(), manager);
        DeleteItemRequest request = DeleteItemRequest.builder()
                .tableName(table)
                .key(MirrorRowMapper.key(key))
                .conditionExpression(delete.condition())
                .expressionAttributeNames(delete.names())
                .expressionAttributeValues(delete.values())
                .build();
        return holds(() -> client.deleteItem(request));
    }

    @Override
    public boolean release(EntryKey key, String manager) {
        Expressions release = new Expressions()
                .set(MirrorRow.MANAGED_BY, null)
                .set(MirrorRow.REVISION, null)
                .require(MirrorRow.MANAGED_BY, AttributeValue.fromS(manager));
        return update(key, release) || load(key).isEmpty();
    }

    @Override
    public boolean request(EntryKey key, String manager, String token) {
        AttributeValue value = AttributeValue.fromS(token);
        Expressions request = new Expressions()
                .set(MirrorRowMapper.SYNC_REQUEST, value)
                .require(MirrorRow.MANAGED_BY, AttributeValue.fromS(manager))
                .requireAbsentOr(MirrorRowMapper.SYNC_REQUEST, "<>", value);
        return update(key, request);
    }

    private boolean update(EntryKey key, Expressions update) {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(MirrorRowMapper.key(key))
                .updateExpression(update.update())
                .conditionExpression(update.condition())
                .expressionAttributeNames(update.names())
                .expressionAttributeValues(update.values())
                .build();
        return holds(() -> client.updateItem(request));
    }

    private boolean holds(Runnable write) {
        try {
            calls.call(() -> {
                write.run();
                return null;
            });
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private static Expressions free(Expressions expressions, String manager) {
        return expressions.requireNoneOr(MirrorRowMapper.SOURCE, MirrorRow.MANAGED_BY, AttributeValue.fromS(manager));
    }
}
