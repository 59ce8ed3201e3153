package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.dynamodb.item.Expressions;
import dev.imagemirror.operator.dynamodb.item.StatusItem;
import dev.imagemirror.operator.engine.Pause;
import dev.imagemirror.operator.port.ClusterNames;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Cluster names stored in the status table, one item per name. Thread-safe. */
public final class DynamoClusterNames implements ClusterNames {
    private static final String UID = "Uid";

    private final DynamoDbClient client;
    private final String table;
    private final TableCalls calls;
    private final ConditionalWriter writer;

    /** Uses the status table of that name. */
    public DynamoClusterNames(DynamoDbClient client, String table, Pause pause, RandomGenerator random) {
        this.client = client;
        this.table = table;
        this.calls = new TableCalls(table, pause, random);
        this.writer = new ConditionalWriter(client, calls);
    }

    @Override
    public String claim(String name, String uid) {
        String holder = holder(name);
        while (holder == null) {
            holder = writer.write(claimed(name, uid)) ? uid : holder(name);
        }
        return holder;
    }

    private @Nullable String holder(String name) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table)
                .key(StatusItem.clusterKey(name))
                .consistentRead(true)
                .build();
        Map<String, AttributeValue> item =
                calls.call(() -> client.getItem(request)).item();
        return item.containsKey(UID) ? item.get(UID).s() : null;
    }

    private Update claimed(String name, String uid) {
        Expressions expressions = StatusItem.notNewer(new Expressions())
                .set(UID, AttributeValue.fromS(uid))
                .set(StatusItem.VERSION, StatusItem.number(1))
                .set(StatusItem.SCHEMA_VERSION, StatusItem.number(StatusItem.SCHEMA))
                .require(UID, null);
        return Update.builder()
                .tableName(table)
                .key(StatusItem.clusterKey(name))
                .updateExpression(expressions.update())
                .conditionExpression(expressions.condition())
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }
}
