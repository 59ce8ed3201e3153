package dev.imagemirror.operator.dynamodb;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Finds a table's stream and its shards. */
final class StreamShards {
    /**
     * Contents of a stream.
     *
     * @param shards from all pages
     * @param enabled false if it receives no more records
     */
    record Listing(List<Shard> shards, boolean enabled) {}

    private final DynamoDbClient tables;
    private final DynamoDbStreamsClient streams;
    private final String table;

    StreamShards(DynamoDbClient tables, DynamoDbStreamsClient streams, String table) {
        this.tables = tables;
        this.streams = streams;
        this.table = table;
    }

    /** The table's current stream. */
    String stream() {
        String arn = tables.describeTable(request -> request.tableName(table))
                .table()
                .latestStreamArn();
        if (arn == null) {
            throw new IllegalStateException("table " + table
                    + " has no stream; enable one with new and old images, or have changes sent to a queue");
        }
        return arn;
    }

    Listing list(String stream) {
        List<Shard> shards = new ArrayList<>();
        String last = null;
        StreamDescription page;
        do {
            DescribeStreamRequest request = DescribeStreamRequest.builder()
                    .streamArn(stream)
                    .exclusiveStartShardId(last)
                    .build();
            page = streams.describeStream(request).streamDescription();
            shards.addAll(page.shards());
            last = page.lastEvaluatedShardId();
        } while (last != null);
        return new Listing(shards, page.streamStatus() != StreamStatus.DISABLED);
    }
}
