package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.dynamodb.item.Keys;
import dev.imagemirror.operator.dynamodb.item.StatusItem;
import dev.imagemirror.operator.port.ChangeFeed;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads one shard, from its start or from now on. A failed read resumes where it stopped. Not thread-safe. */
final class ShardReader {
    private final DynamoDbStreamsClient client;
    private final String stream;
    private final String shard;
    private final ChangeFeed.Listener listener;
    private ShardIteratorType start;
    private @Nullable String iterator;
    private @Nullable String lastSequenceNumber;
    private boolean missed;
    private boolean ended;

    /** A reader starting at {@code start}: TRIM_HORIZON or LATEST. */
    ShardReader(
            DynamoDbStreamsClient client,
            String stream,
            String shard,
            ShardIteratorType start,
            ChangeFeed.Listener listener) {
        this.client = client;
        this.stream = stream;
        this.shard = shard;
        this.start = start;
        this.listener = listener;
    }

    /** True once the shard is closed and fully read. */
    boolean hasEnded() {
        return ended;
    }

    /** Reads until nothing is left for now, or until {@code stopped}. */
    void read(BooleanSupplier stopped) {
        boolean more = true;
        while (more && !ended && !stopped.getAsBoolean()) {
            more = readPage();
        }
    }

    private boolean readPage() {
        try {
            if (iterator == null) {
                iterator = newIterator();
            }
            GetRecordsResponse page = client.getRecords(request -> request.shardIterator(iterator));
            page.records().forEach(this::handOut);
            iterator = page.nextShardIterator();
            ended = iterator == null;
            sayIfChangesWereMissed();
            return !page.records().isEmpty();
        } catch (ExpiredIteratorException e) {
            renew();
            return false;
        } catch (TrimmedDataAccessException e) {
            restart();
            return false;
        }
    }

    /**
     * Iterators expire after 15 minutes. Changes are missed only if it was at LATEST, since no sequence number is
     * known.
     */
    private void renew() {
        iterator = null;
        missed |= lastSequenceNumber == null && start == ShardIteratorType.LATEST;
    }

    /** Records expire after 24 hours; those after the last one read are gone. */
    private void restart() {
        iterator = null;
        lastSequenceNumber = null;
        start = ShardIteratorType.TRIM_HORIZON;
        missed = true;
    }

    /** Reported only once the new position is established: whoever lists now will see all later changes. */
    private void sayIfChangesWereMissed() {
        if (missed) {
            missed = false;
            listener.lost();
        }
    }

    private String newIterator() {
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamArn(stream).shardId(shard);
        if (lastSequenceNumber == null) {
            request.shardIteratorType(start);
        } else {
            request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER).sequenceNumber(lastSequenceNumber);
        }
        return client.getShardIterator(request.build()).shardIterator();
    }

    private void handOut(Record row) {
        if (!StatusItem.isApart(row.dynamodb().keys())) {
            listener.changed(Keys.ofRecord(row.dynamodb().keys()));
        }
        lastSequenceNumber = row.dynamodb().sequenceNumber();
    }
}
