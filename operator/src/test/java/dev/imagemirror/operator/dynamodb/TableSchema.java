package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.dynamodb.item.MirrorRowMapper;
import dev.imagemirror.operator.dynamodb.item.StatusItem;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Creates both tables for local mode and tests; in AWS, CloudFormation does. */
public final class TableSchema {
    private TableSchema() {}

    /** Creates missing tables and returns once they are active. */
    public static void create(DynamoDbClient client, String mirrorTable, String statusTable) {
        boolean isNew = create(client, table(mirrorTable, StreamViewType.NEW_AND_OLD_IMAGES, MirrorRowMapper.SOURCE));
        create(client, table(statusTable, StreamViewType.KEYS_ONLY, MirrorRowMapper.SOURCE, StatusItem.DESTINATION));
        for (String name : List.of(mirrorTable, statusTable)) {
            client.waiter().waitUntilTableExists(request -> request.tableName(name));
        }
        if (isNew) {
            expire(client, mirrorTable);
        }
    }

    /** DynamoDB Local may apply it, answer 500 and reject the SDK's retry, so the resulting state decides. */
    private static void expire(DynamoDbClient client, String mirrorTable) {
        try {
            client.updateTimeToLive(request -> request.tableName(mirrorTable)
                    .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("Expires")));
        } catch (DynamoDbException e) {
            TimeToLiveStatus status = client.describeTimeToLive(request -> request.tableName(mirrorTable))
                    .timeToLiveDescription()
                    .timeToLiveStatus();
            if (status != TimeToLiveStatus.ENABLED && status != TimeToLiveStatus.ENABLING) {
                throw e;
            }
        }
    }

    private static boolean create(DynamoDbClient client, CreateTableRequest request) {
        try {
            client.createTable(request);
            return true;
        } catch (ResourceInUseException e) {
            return false;
        }
    }

    private static CreateTableRequest table(String name, StreamViewType view, String... keys) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .streamSpecification(stream -> stream.streamEnabled(true).streamViewType(view))
                .attributeDefinitions(List.of(keys).stream()
                        .map(key -> AttributeDefinition.builder()
                                .attributeName(key)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .toList())
                .keySchema(List.of(keys).stream()
                        .map(key -> KeySchemaElement.builder()
                                .attributeName(key)
                                .keyType(key.equals(keys[0]) ? KeyType.HASH : KeyType.RANGE)
                                .build())
                        .toList())
                .build();
    }
}
