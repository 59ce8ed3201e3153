package dev.imagemirror.operator.events;

import dev.imagemirror.operator.engine.LogLimit;
import dev.imagemirror.operator.port.ChangeFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * Receives the queue's messages by long polling, passes them to a listener, and only then deletes them. Unreadable
 * messages are logged at most once a minute and left to the dead-letter queue, whose alarm alerts someone. Source:
 * Amazon SQS API Reference.
 */
final class QueueMessages {
    private static final Logger LOG = LoggerFactory.getLogger(QueueMessages.class);

    /** The API's maximum for both. */
    private static final int SECONDS = 20;

    private static final int MESSAGES = 10;

    private final SqsClient client;
    private final String url;
    private final LogLimit unreadable;
    private final LogLimit faults;

    QueueMessages(SqsClient client, String url, LongSupplier nanoTime) {
        this.client = client;
        this.url = url;
        this.unreadable = new LogLimit(nanoTime);
        this.faults = new LogLimit(nanoTime);
    }

    /** Available messages, after at most 20 s. */
    List<Message> receive() {
        return client.receiveMessage(ReceiveMessageRequest.builder()
                        .queueUrl(url)
                        .waitTimeSeconds(SECONDS)
                        .maxNumberOfMessages(MESSAGES)
                        .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)
                        .build())
                .messages();
    }

    /** Notifies the listener of each message, and deletes those processed. */
    void pass(List<Message> messages, ChangeFeed.Listener listener) {
        List<DeleteMessageBatchRequestEntry> told = new ArrayList<>();
        List<String> garbage = new ArrayList<>();
        for (Message message : messages) {
            if (isTold(message, listener, garbage)) {
                told.add(DeleteMessageBatchRequestEntry.builder()
                        .id(String.valueOf(told.size()))
                        .receiptHandle(message.receiptHandle())
                        .build());
            }
        }
        if (!garbage.isEmpty()) {
            unreadable.happened(
                    garbage.size(),
                    more -> LOG.warn(
                            "cannot parse {} of {} messages; leaving them for the dead-letter queue; first: {}{}",
                            garbage.size(),
                            messages.size(),
                            garbage.get(0),
                            more));
        }
        if (!told.isEmpty()) {
            client.deleteMessageBatch(request -> request.queueUrl(url).entries(told));
        }
    }

    private boolean isTold(Message message, ChangeFeed.Listener listener, List<String> garbage) {
        try {
            EventParser.parse(message.body()).tell(listener);
            return true;
        } catch (UnreadableEventException e) {
            if (isFirst(message)) {
                garbage.add(message.messageId() + ": " + e.getMessage());
            }
            return false;
        } catch (RuntimeException e) {
            if (isFirst(message)) {
                faults.happened(
                        1,
                        more -> LOG.error(
                                "internal error on message {}; it will be redelivered; please report it{}",
                                message.messageId(),
                                more,
                                e));
            }
            return false;
        }
    }

    private static boolean isFirst(Message message) {
        String count = message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
        return count == null || count.equals("1");
    }
}
