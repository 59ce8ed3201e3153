package dev.imagemirror.operator.dynamodb;

import com.amazonaws.services.dynamodbv2.AcquireLockOptions;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClient;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClientOptions;
import com.amazonaws.services.dynamodbv2.LockItem;
import com.amazonaws.services.dynamodbv2.model.LockCurrentlyUnavailableException;
import com.amazonaws.services.dynamodbv2.model.LockNotGrantedException;
import dev.imagemirror.operator.port.Lease;
import dev.imagemirror.text.AwsMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A lease stored as a DynamoDB item and renewed by the heartbeat of the AWS {@code dynamodb-lock-client}. A standby
 * takes over once the item has not changed for the lease's length, measured by the standby's own clock.
 */
public final class DynamoLease implements Lease {
    /** The table's partition key. */
    public static final String KEY = "Lease";

    private static final Logger LOG = LoggerFactory.getLogger(DynamoLease.class);
    private static final int BEATS = 4;

    private final AmazonDynamoDBLockClient locks;
    private final String table;
    private final AcquireLockOptions wanted;
    private volatile @Nullable LockItem held;
    private boolean failing;

    /**
     * Creates a lease.
     *
     * @param table with the key {@link #KEY}
     * @param name of the lease
     * @param owner unique to this process
     * @param length of silence after which another process takes over
     */
    public DynamoLease(DynamoDbClient client, String table, String name, String owner, Duration length) {
        this.table = table;
        this.locks = new AmazonDynamoDBLockClient(AmazonDynamoDBLockClientOptions.builder(client, table)
                .withPartitionKeyName(KEY)
                .withOwnerName(owner)
                .withTimeUnit(TimeUnit.MILLISECONDS)
                .withLeaseDuration(length.toMillis())
                .withHeartbeatPeriod(length.toMillis() / BEATS)
                .withCreateHeartbeatBackgroundThread(true)
                .build());
        this.wanted = AcquireLockOptions.builder(name)
                .withDeleteLockOnRelease(true)
                .withShouldSkipBlockingWait(true)
                .build();
    }

    @Override
    public synchronized boolean tryAcquire() throws InterruptedException {
        try {
            held = locks.acquireLock(wanted);
            failing = false;
            return true;
        } catch (LockCurrentlyUnavailableException | LockNotGrantedException e) {
            failing = false;
            return false;
        } catch (SdkException e) {
            if (!failing) {
                failing = true;
                LOG.warn("cannot acquire the lease in table {}; retrying: {}", table, AwsMessage.of(e.getMessage()));
            }
            return false;
        }
    }

    @Override
    public boolean isHeld() {
        LockItem item = held;
        return item != null && locks.hasLock(item.getPartitionKey(), item.getSortKey());
    }

    @Override
    public void close() {
        try {
            locks.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SdkException e) {
            LOG.warn("cannot release the lease in table {}; it will expire: {}", table, AwsMessage.of(e.getMessage()));
        }
    }
}
