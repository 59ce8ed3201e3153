package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.reconcile.MirrorTable;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The mirror table in DynamoDB; attributes that it does not know are not changed, and their names are told by {@link #load} alone. Thread-safe. */
public final class DynamoMirrorTable implements MirrorTable {
    private final DynamoDbClient client;
    private final String table;
    private final TableCalls calls;
    private final ParallelScan scans;

    /** The table of that name. */
    public DynamoMirrorTable(DynamoDbClient client, String table, Pause pause, RandomGenerator random) {
        this.client = client;
        this.table = table;
        this.calls = new TableCalls(table, pause, random);
        this.scans = new ParallelScan(client, calls);
    }

    @Override
    public void scan(Consumer<MirrorRow> rows) {
        Expressions known = new Expressions();
        ScanRequest request = ScanRequest.builder()
                .tableName(table)
                .projectionExpression(projection(known))
                .expressionAttributeNames(known.names())
                .build();
        scans.scan(request, item -> rows.accept(MirrorRowMapper.row(item)));
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
        for (String name : MirrorRow.ATTRIBUTES) {
            Object value = row.attributes().get(name);
            update.set(name, value == null ? null : Values.attribute(value));
        }
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(MirrorRowMapper.key(row.key()))
                .updateExpression(update.update())
                .conditionExpression(isFree(update, manager))
                .expressionAttributeNames(update.names())
                .expressionAttributeValues(update.values())
                .build();
        return holds(() -> client.updateItem(request));
    }

    @Override
    public boolean delete(EntryKey key, String manager) {
        Expressions delete = new Expressions();
        DeleteItemRequest request = DeleteItemRequest.builder()
                .tableName(table)
                .key(MirrorRowMapper.key(key))
                .conditionExpression(isFree(delete, manager))
                .expressionAttributeNames(delete.names())
                .expressionAttributeValues(delete.values())
                .build();
        return holds(() -> client.deleteItem(request));
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

    private static String isFree(Expressions expressions, String manager) {
        return "attribute_not_exists(" + expressions.name(MirrorRowMapper.SOURCE) + ") OR "
                + expressions.name(MirrorRow.MANAGED_BY) + " = "
                + expressions.value(AttributeValue.fromS(manager));
    }

    private static String projection(Expressions names) {
        return Stream.concat(Stream.of(MirrorRowMapper.SOURCE), MirrorRow.ATTRIBUTES.stream())
                .map(names::name)
                .collect(Collectors.joining(", "));
    }
}
