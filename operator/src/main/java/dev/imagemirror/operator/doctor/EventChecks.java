package dev.imagemirror.operator.doctor;

import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Checks that the event queue exists ({@code GetQueueAttributes}). */
public final class EventChecks {
    private final SqsClient sqs;
    private final String queue;

    /** @param queue its URL */
    public EventChecks(SqsClient sqs, String queue) {
        this.sqs = sqs;
        this.queue = queue;
    }

    public void run(Checks checks) {
        String subject = "event queue " + queue;
        checks.run(
                subject,
                "check the endpoint, network and permissions sqs:GetQueueAttributes, sqs:ReceiveMessage and"
                        + " sqs:DeleteMessage; without the queue, changes are only noticed at each entry's interval",
                () -> queue(subject));
    }

    private List<Finding> queue(String subject) {
        try {
            String waiting = sqs.getQueueAttributes(request ->
                            request.queueUrl(queue).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                    .attributes()
                    .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
            return List.of(Finding.good(subject, "exists; messages waiting: " + waiting));
        } catch (QueueDoesNotExistException e) {
            return List.of(Finding.bad(
                    subject,
                    "no such queue in this account and region",
                    "correct events.queue (stack output EventQueueUrl) or the region"));
        }
    }
}
