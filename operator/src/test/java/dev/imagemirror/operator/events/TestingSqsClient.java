package dev.imagemirror.operator.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** A queue in memory; a message that is not deleted comes again with the next receive. */
final class TestingSqsClient implements SqsClient {
    private final Map<String, String> bodies = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final List<ReceiveMessageRequest> receives = new ArrayList<>();
    private Supplier<? extends RuntimeException> failure = () -> null;
    private Runnable onReceive = () -> {};

    synchronized void send(String id, String body) {
        bodies.put(id, body);
    }

    /** From now on each call throws what the supplier has, if that is not null. */
    synchronized void failWith(Supplier<? extends RuntimeException> failures) {
        failure = failures;
    }

    /** Called by each receive, before it answers. */
    synchronized void onReceive(Runnable action) {
        onReceive = action;
    }

    synchronized List<String> left() {
        return List.copyOf(bodies.keySet());
    }

    synchronized List<ReceiveMessageRequest> receives() {
        return List.copyOf(receives);
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        Runnable action;
        synchronized (this) {
            receives.add(request);
            fail();
            action = onReceive;
        }
        action.run();
        return answer(request.maxNumberOfMessages());
    }

    private synchronized ReceiveMessageResponse answer(int most) {
        List<Message> messages = new ArrayList<>();
        bodies.forEach((id, body) -> {
            if (messages.size() < most) {
                counts.merge(id, 1, Integer::sum);
                messages.add(Message.builder()
                        .messageId(id)
                        .receiptHandle(id)
                        .body(body)
                        .attributes(Map.of(
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, String.valueOf(counts.get(id))))
                        .build());
            }
        });
        return ReceiveMessageResponse.builder().messages(messages).build();
    }

    @Override
    public synchronized DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
        fail();
        request.entries().forEach(entry -> bodies.remove(entry.receiptHandle()));
        return DeleteMessageBatchResponse.builder().build();
    }

    private void fail() {
        RuntimeException error = failure.get();
        if (error != null) {
            throw error;
        }
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {}
}
