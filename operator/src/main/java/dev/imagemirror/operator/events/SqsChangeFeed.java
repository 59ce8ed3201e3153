package dev.imagemirror.operator.events;

import dev.imagemirror.operator.engine.OutageLog;
import dev.imagemirror.operator.engine.Pause;
import dev.imagemirror.operator.engine.Rounds;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.text.AwsMessage;
import dev.imagemirror.thread.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * Changes of the mirror table, ECR images and jobs from an SQS queue. Messages may arrive twice, late and in any order,
 * because they only say what to look at. Retries on any failure; reports {@code lost} when a missing queue is back.
 */
public final class SqsChangeFeed implements ChangeFeed {
    private static final Logger LOG = LoggerFactory.getLogger(SqsChangeFeed.class);
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final QueueMessages messages;
    private final BooleanSupplier isBusy;
    private final Rounds rounds;
    private @Nullable Listener listener;
    private boolean gone;

    /**
     * Creates a feed of a queue.
     *
     * @param client with a timeout above 20 s, the length of a poll
     * @param url of the queue
     * @param isBusy true while the listener is overloaded, which pauses receiving
     */
    public SqsChangeFeed(SqsClient client, String url, BooleanSupplier isBusy, Pause pause, RandomGenerator random) {
        this.messages = new QueueMessages(client, url, System::nanoTime);
        this.isBusy = isBusy;
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), random);
        OutageLog outage = new OutageLog(
                "the queue " + url + " (meanwhile entries are compared at their intervals)",
                LOG::warn,
                System::nanoTime);
        this.rounds = new Rounds("events", this::round, outage, pause, backoff);
    }

    @Override
    public void start(Listener newListener) {
        listener = newListener;
        rounds.start();
    }

    /** Returns within a second; messages of a poll in flight are redelivered, here or to another replica. */
    @Override
    public void close() {
        rounds.close();
    }

    private Duration round() {
        if (isBusy.getAsBoolean()) {
            return BUSY;
        }
        List<Message> received = receive();
        if (!rounds.isClosed()) {
            Listener told = Objects.requireNonNull(listener, "set before the rounds start");
            if (gone) {
                gone = false;
                told.lost();
            }
            messages.pass(received, told);
        }
        return Duration.ZERO;
    }

    private List<Message> receive() {
        try {
            return messages.receive();
        } catch (QueueDoesNotExistException e) {
            gone = true;
            throw e;
        } catch (SdkClientException e) {
            throw new PortException(AwsMessage.of(e.getMessage()), e);
        }
    }
}
