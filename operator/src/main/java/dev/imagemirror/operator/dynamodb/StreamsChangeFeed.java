package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.engine.OutageLog;
import dev.imagemirror.operator.engine.Pause;
import dev.imagemirror.operator.engine.Rounds;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.text.AwsMessage;
import dev.imagemirror.thread.Backoff;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Changes of a table from its DynamoDB stream, for an operator that runs alone: a shard supports at most two readers.
 * Retries on any failure; resubscribing to a stream reports {@code lost}.
 */
public final class StreamsChangeFeed implements ChangeFeed {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsChangeFeed.class);

    private final DynamoDbStreamsClient client;
    private final StreamShards shards;
    private final Duration interval;
    private final String table;
    private final Rounds rounds;
    private @Nullable Listener listener;
    private @Nullable StreamReader reader;

    /**
     * Creates a feed of the table's stream.
     *
     * @param interval between two reads of a shard; at least 200 ms in AWS, which allows five a second
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
        this.shards = new StreamShards(tables, streams, table);
        this.interval = interval;
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), random);
        OutageLog outage = new OutageLog("the stream of table " + table, LOG::warn, System::nanoTime);
        this.rounds = new Rounds("stream-of-" + table, this::round, outage, pause, backoff);
    }

    /** Subscribes before returning, if DynamoDB responds. */
    @Override
    public void start(Listener newListener) {
        listener = newListener;
        try {
            reader = StreamReader.fromNowOn(client, shards, newListener);
        } catch (RuntimeException e) {
            LOG.warn("cannot follow changes of table {} yet: {}", table, AwsMessage.of(e.getMessage()));
        }
        rounds.start();
    }

    @Override
    public void close() {
        rounds.close();
    }

    private Duration round() {
        try {
            if (reader == null) {
                Listener told = Objects.requireNonNull(listener, "set before the rounds start");
                reader = StreamReader.fromNowOn(client, shards, told);
                told.lost();
            }
            if (!reader.readRound(rounds::isClosed)) {
                reader = null;
            }
            return interval;
        } catch (ResourceNotFoundException e) {
            reader = null;
            throw e;
        } catch (SdkClientException e) {
            throw new PortException(AwsMessage.of(e.getMessage()), e);
        }
    }
}
