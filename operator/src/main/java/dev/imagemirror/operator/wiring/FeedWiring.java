package dev.imagemirror.operator.wiring;

import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.dynamodb.StreamsChangeFeed;
import dev.imagemirror.operator.engine.Pause;
import dev.imagemirror.operator.events.SqsChangeFeed;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.program.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Sources of changes that trigger reconciles.
 *
 * @param dynamo describes the tables
 * @param open closes the clients
 */
record FeedWiring(
        OperatorConfig config, Context context, Pause pause, AwsClients aws, DynamoDbClient dynamo, OpenParts open) {
    private static final Duration STREAM_INTERVAL = Duration.ofMillis(250);

    /**
     * The loop's feeds: the event queue, or else the mirror table's stream.
     *
     * @param isBusy true while no more can be accepted
     */
    ChangeFeed ofLoop(BooleanSupplier isBusy) {
        List<ChangeFeed> feeds = new ArrayList<>();
        if (config.events().hasQueue()) {
            feeds.add(new SqsChangeFeed(open.add(aws.sqs()), config.events().queue(), isBusy, pause, context.random()));
        } else if (config.tables().stream()) {
            feeds.add(mirrors());
        }
        return new ChangeFeeds(feeds);
    }

    /** The mirror table's stream. */
    ChangeFeed mirrors() {
        return stream(config.tables().mirrors());
    }

    /** The status table's stream. */
    ChangeFeed statuses() {
        return stream(config.tables().statuses());
    }

    private ChangeFeed stream(String table) {
        return new StreamsChangeFeed(dynamo, open.add(aws.streams()), table, STREAM_INTERVAL, pause, context.random());
    }
}
