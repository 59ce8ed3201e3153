package dev.imagemirror.operator.dynamodb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.SequenceNumberRange;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A stream whose shards do what a test says, with pages of two shards and of two records. Thread-safe. */
final class TestingStreams implements DynamoDbStreamsClient {
    static final String ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/mirrors/stream/1";
    private static final int PAGE = 2;

    private static final class TestingShard {
        private final String parent;
        private final List<String> sources = new ArrayList<>();
        private int trimmed;
        private boolean closed;

        TestingShard(String parent) {
            this.parent = parent;
        }
    }

    private final Map<String, TestingShard> shards = new LinkedHashMap<>();
    private final Queue<RuntimeException> failures = new ArrayDeque<>();
    private StreamStatus status = StreamStatus.ENABLED;
    private int generation;
    private int listings;

    synchronized void open(String shard, String parent) {
        shards.put(shard, new TestingShard(parent));
    }

    synchronized void put(String shard, String... sources) {
        shards.get(shard).sources.addAll(List.of(sources));
    }

    synchronized void close(String shard) {
        shards.get(shard).closed = true;
    }

    /** Drops the shard's records so far. */
    synchronized void trim(String shard) {
        shards.get(shard).trimmed = shards.get(shard).sources.size();
    }

    /** Ends the life of every iterator handed out so far. */
    synchronized void expireIterators() {
        generation++;
    }

    /** The next call to read records, or the next calls, fail so. */
    synchronized void failReads(RuntimeException... failure) {
        failures.addAll(List.of(failure));
    }

    synchronized void disable() {
        status = StreamStatus.DISABLED;
        shards.values().forEach(shard -> shard.closed = true);
    }

    synchronized void enable() {
        status = StreamStatus.ENABLED;
    }

    /** How many pages of shards were asked for. */
    synchronized int listings() {
        return listings;
    }

    @Override
    public synchronized DescribeStreamResponse describeStream(DescribeStreamRequest request) {
        listings++;
        List<String> ids = new ArrayList<>(shards.keySet());
        int from = request.exclusiveStartShardId() == null ? 0 : ids.indexOf(request.exclusiveStartShardId()) + 1;
        int to = Math.min(from + PAGE, ids.size());
        StreamDescription page = StreamDescription.builder()
                .streamStatus(status)
                .shards(ids.subList(from, to).stream().map(this::shard).toList())
                .lastEvaluatedShardId(to < ids.size() ? ids.get(to - 1) : null)
                .build();
        return DescribeStreamResponse.builder().streamDescription(page).build();
    }

    @Override
    public synchronized GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
        TestingShard shard = shards.get(request.shardId());
        int position = switch (request.shardIteratorType()) {
            case TRIM_HORIZON -> shard.trimmed;
            case LATEST -> shard.sources.size();
            case AFTER_SEQUENCE_NUMBER -> Integer.parseInt(request.sequenceNumber()) + 1;
            default -> throw new IllegalArgumentException(request.toString());
        };
        return GetShardIteratorResponse.builder()
                .shardIterator(iterator(request.shardId(), position))
                .build();
    }

    @Override
    public synchronized GetRecordsResponse getRecords(GetRecordsRequest request) {
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        String[] parts = request.shardIterator().split(" ", -1);
        if (Integer.parseInt(parts[2]) < generation) {
            throw ExpiredIteratorException.builder().message("expired").build();
        }
        TestingShard shard = shards.get(parts[0]);
        int from = Integer.parseInt(parts[1]);
        if (from < shard.trimmed) {
            throw TrimmedDataAccessException.builder().message("trimmed").build();
        }
        int to = Math.min(from + PAGE, shard.sources.size());
        boolean atEnd = shard.closed && to == shard.sources.size();
        List<Record> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            records.add(row(shard.sources.get(i), i));
        }
        return GetRecordsResponse.builder()
                .records(records)
                .nextShardIterator(atEnd ? null : iterator(parts[0], to))
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

    private Shard shard(String id) {
        TestingShard shard = shards.get(id);
        return Shard.builder()
                .shardId(id)
                .parentShardId(shard.parent)
                .sequenceNumberRange(SequenceNumberRange.builder()
                        .startingSequenceNumber("0")
                        .endingSequenceNumber(shard.closed ? "9" : null)
                        .build())
                .build();
    }

    private String iterator(String shard, int position) {
        return shard + " " + position + " " + generation;
    }

    private static Record row(String source, int position) {
        return Record.builder()
                .dynamodb(data -> data.keys(Map.of("Source", AttributeValue.fromS(source)))
                        .sequenceNumber(Integer.toString(position)))
                .build();
    }
}
