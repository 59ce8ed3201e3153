package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.engine.Pause;
import dev.imagemirror.operator.reconcile.ChangeFeed;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Changes of a table from its DynamoDB stream, for an operator that runs alone: a shard takes no more than two
 * readers. Failures are waited out, whatever they are; a stream that had to be subscribed to again says {@code lost}.
 */
public final class StreamsChangeFeed implements ChangeFeed {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsChangeFeed.class);
    private static final Duration STOPPING = Duration.ofSeconds(1);

    private final DynamoDbStreamsClient client;
    private final StreamShards shards;
    private final Duration interval;
    private final Pause pause;
    private final Backoff backoff;
    private final String table;
    private final Thread thread;
    private volatile boolean closed;
    private Listener listener;
    private StreamReader reader;
    private int failures;

    /**
     * A feed of the table's stream.
     *
     * @param interval between two reads of a shard; not below 200 ms in AWS, which allows five a second
     */
    public StreamsChangeFeed(
            DynamoDbClient tables,
            DynamoDbStreamsClient streams,
            String table,
            Duration interval,
            Pause pause,
            RandomGenerator random) {
        this.client = streams;
        this.table = table;
        this.thread = new Thread(this::run, "stream-of-" + table);
        this.shards = new StreamShards(tables, streams, table);
        this.interval = interval;
        this.pause = pause;
        this.backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), pause, random);
    }

    /** Subscribes before it returns, if DynamoDB answers. */
    @Override
    public void start(Listener newListener) {
        listener = newListener;
        try {
            reader = StreamReader.fromNowOn(client, shards, newListener);
        } catch (RuntimeException e) {
            LOG.warn("changes of table {} are not heard of yet: {}", table, e.getMessage());
        }
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(STOPPING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                if (tryRound()) {
                    failures = 0;
                    pause.pause(interval);
                } else {
                    backoff.await(failures);
                }
            } catch (InterruptedException e) {
                if (closed) {
                    return;
                }
            }
        }
    }

    private boolean tryRound() {
        try {
            if (reader == null) {
                reader = StreamReader.fromNowOn(client, shards, listener);
                listener.lost();
            }
            if (!reader.readRound(() -> closed)) {
                reader = null;
            }
            return true;
        } catch (ResourceNotFoundException e) {
            reader = null;
            return failed(e);
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    /** Says the first failure of a row of them. */
    private boolean failed(RuntimeException error) {
        failures++;
        if (failures == 1 && !closed) {
            LOG.warn("the stream of table {} cannot be read, tried again until it can: {}", table, error.getMessage());
        }
        return false;
    }
}
