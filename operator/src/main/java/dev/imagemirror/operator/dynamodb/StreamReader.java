package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.port.ChangeFeed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Reads one stream: shards open at the start from that moment on, later ones from their beginning, each after its
 * parent. Not thread-safe.
 */
final class StreamReader {
    /** New shards are listed after this many rounds; */
    private static final int ROUNDS_BETWEEN_LISTINGS = 40;

    /** and in this many consecutive rounds after one has closed, until a successor appears. */
    private static final int EAGER_LISTINGS = 20;

    private final DynamoDbStreamsClient client;
    private final StreamShards shards;
    private final ChangeFeed.Listener listener;
    private final String stream;
    private final Map<String, ShardReader> readers = new LinkedHashMap<>();
    private final Map<String, Shard> waiting = new LinkedHashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> withoutSuccessor = new HashSet<>();
    private int roundsSinceListing;
    private int eagerListings;

    private StreamReader(
            DynamoDbStreamsClient client, StreamShards shards, String stream, ChangeFeed.Listener listener) {
        this.client = client;
        this.shards = shards;
        this.stream = stream;
        this.listener = listener;
    }

    /** A reader of the table's stream that sees every change from now on. */
    static StreamReader fromNowOn(DynamoDbStreamsClient client, StreamShards shards, ChangeFeed.Listener listener) {
        StreamReader reader = new StreamReader(client, shards, shards.stream(), listener);
        reader.open();
        return reader;
    }

    /**
     * Reads every shard until nothing is left for now.
     *
     * @return false if the stream has ended and the table's new one must be read
     */
    boolean readRound(BooleanSupplier stopped) {
        readAll(stopped);
        roundsSinceListing++;
        if (roundsSinceListing < ROUNDS_BETWEEN_LISTINGS && eagerListings == 0 && !readers.isEmpty()) {
            return true;
        }
        boolean enabled = discover();
        return enabled || !readers.isEmpty() || !waiting.isEmpty();
    }

    private void open() {
        StreamShards.Listing listing = shards.list(stream);
        if (!listing.enabled()) {
            throw new IllegalStateException("the table's stream is disabled; enable it (any view type will do)");
        }
        for (Shard shard : listing.shards()) {
            if (isOpen(shard)) {
                readers.put(shard.shardId(), reader(shard.shardId(), ShardIteratorType.LATEST));
            } else {
                ended.add(shard.shardId());
            }
        }
        readAll(() -> false);
    }

    private boolean discover() {
        StreamShards.Listing listing = shards.list(stream);
        roundsSinceListing = 0;
        Set<String> listed = new HashSet<>();
        for (Shard shard : listing.shards()) {
            listed.add(shard.shardId());
            withoutSuccessor.remove(shard.parentShardId());
            if (!ended.contains(shard.shardId()) && !readers.containsKey(shard.shardId())) {
                waiting.put(shard.shardId(), shard);
            }
        }
        ended.retainAll(listed);
        eagerListings = withoutSuccessor.isEmpty() ? 0 : Math.max(0, eagerListings - 1);
        startThoseWhoseParentsEnded();
        return listing.enabled();
    }

    private void startThoseWhoseParentsEnded() {
        waiting.values().removeIf(shard -> {
            String parent = shard.parentShardId();
            boolean ready = !readers.containsKey(parent) && !waiting.containsKey(parent);
            if (ready) {
                readers.put(shard.shardId(), reader(shard.shardId(), ShardIteratorType.TRIM_HORIZON));
            }
            return ready;
        });
    }

    /** Reads every shard even if one fails, then throws the first failure. */
    private void readAll(BooleanSupplier stopped) {
        RuntimeException failure = null;
        List<String> closed = new ArrayList<>();
        for (Map.Entry<String, ShardReader> shard : readers.entrySet()) {
            try {
                shard.getValue().read(stopped);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
            if (shard.getValue().hasEnded()) {
                closed.add(shard.getKey());
            }
        }
        closed.forEach(this::end);
        if (failure != null) {
            throw failure;
        }
    }

    private void end(String shard) {
        readers.remove(shard);
        ended.add(shard);
        boolean hasSuccessor = waiting.values().stream().anyMatch(child -> shard.equals(child.parentShardId()));
        if (!hasSuccessor) {
            withoutSuccessor.add(shard);
            eagerListings = EAGER_LISTINGS;
        }
        startThoseWhoseParentsEnded();
    }

    private ShardReader reader(String shard, ShardIteratorType start) {
        return new ShardReader(client, stream, shard, start, listener);
    }

    private static boolean isOpen(Shard shard) {
        return shard.sequenceNumberRange() == null
                || shard.sequenceNumberRange().endingSequenceNumber() == null;
    }
}
