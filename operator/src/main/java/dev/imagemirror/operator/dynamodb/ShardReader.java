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

/** Reads one shard, from its begin or from now on. A failed read is repeated from where it was; not thread-safe. */
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

    /** A reader that begins at {@code start}: TRIM_HORIZON or LATEST. */
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

    /** True once the shard is closed and read to its end. */
    boolean hasEnded() {
        return ended;
    }

    /** Reads until there is nothing more for now, or until {@code stopped}. */
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

    /** An iterator lives 15 minutes. Only if it was at "now", nobody knows what came since. */
    private void renew() {
        iterator = null;
        missed |= lastSequenceNumber == null && start == ShardIteratorType.LATEST;
    }

    /** Records are kept for 24 hours; those after the last one read are gone. */
    private void restart() {
        iterator = null;
        lastSequenceNumber = null;
        start = ShardIteratorType.TRIM_HORIZON;
        missed = true;
    }

    /** Only once the new position is held: whoever lists now will hear of what changes afterwards. */
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
