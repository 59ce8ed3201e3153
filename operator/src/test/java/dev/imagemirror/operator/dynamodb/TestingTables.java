package dev.imagemirror.operator.dynamodb;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;

/** A DynamoDB that knows nothing but which stream a table has. */
final class TestingTables implements DynamoDbClient {
    private volatile String streamArn = TestingStreams.ARN;

    void streamIs(String arn) {
        streamArn = arn;
    }

    @Override
    public DescribeTableResponse describeTable(DescribeTableRequest request) {
        return DescribeTableResponse.builder()
                .table(table -> table.tableName(request.tableName()).latestStreamArn(streamArn))
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
